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
