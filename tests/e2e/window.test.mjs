import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scratch, until } from "./paths.mjs";
import { openWindow } from "./window.mjs";

test("the window opens with words in it, is killed, and opens again", async () => {
  const { folder, remove } = scratch();
  const window = await openWindow({ env: { VEKHA_DATA_DIR: join(folder, "data") } });
  try {
    await until("words in the window", async () => (await window.words()).trim());
    const picture = join(folder, "first.png");
    await window.screenshot(picture);
    assert.ok(statSync(picture).size > 1000);

    const before = window.pid();
    assert.ok(before, "the app's process is known");
    await window.restart();
    assert.notEqual(window.pid(), before);
    await until("words again", async () => (await window.words()).trim());
  } finally {
    await window.close();
    remove();
  }
});

test("the built-in demo city signs its first resident in, and is the same city after a restart", { timeout: 120_000 }, async () => {
  const { folder, remove } = scratch();
  const env = { VEKHA_DATA_DIR: join(folder, "data"), VEKHA_CITY: "demo", VEKHA_AUTO_SIGN_IN: "anna" };
  const window = await openWindow({ env });
  try {
    const synced = () => window.until("Anna is signed in, on line and synced", async () => {
      const { state, as_of, offline, resident } = await window.command("session");
      return state === "ready" && as_of && !offline && resident.id === "anna";
    }, 40);
    await synced();
    await window.byTestId("tab-today", 20);
    const { city } = await window.command("session");
    await window.restart();
    await window.byTestId("tab-today", 20);
    await synced();
    assert.equal((await window.command("session")).city.address, city.address);
  } finally {
    await window.close();
    remove();
  }
});
