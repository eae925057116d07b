import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openCity } from "./city.mjs";
import { scratch, until } from "./paths.mjs";
import { quiet, signIn } from "./play.mjs";
import { toCard } from "./screens.mjs";
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

test("the way to a visit leads out of the window: the city's map and a telephone are opened by the system", { timeout: 120_000 }, async () => {
  const { folder, remove } = scratch();
  const city = await openCity({ folder });
  const opened = join(folder, "opened");
  const env = { VEKHA_DATA_DIR: join(folder, "device"), VEKHA_CITY: city.url, VEKHA_OPENED: opened };
  const window = await openWindow({ env, hand: "anna" });
  const opens = (start) => until(`the system was asked for ${start}…`, () => existsSync(opened) && readFileSync(opened, "utf8").split("\n").includes(start));
  try {
    await signIn({ teller: quiet, window });
    await city.laboratory("anna");
    await window.byTestId("offer-card", 20);
    const { offers } = await window.command("today");
    await window.go(toCard(offers[0].id));
    const { address } = offers[0];
    await window.click(await window.byText("Показать на карте"));
    await opens(`${city.url}/map?address=${encodeURIComponent(address.ru)}`);
    await window.click(await window.byText("+7 000 200-01-10"));
    await opens("tel:+70002000110");
    assert.equal(await window.run("return location.hash"), toCard(offers[0].id), "the app stays where it was");
    await assert.rejects(window.command("open_link", { url: "file:///etc/passwd" }), /открыть нельзя/);

    const refused = await window.run(`return new Promise((done) => {
      document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
      document.body.append(Object.assign(document.createElement("script"), { src: arguments[0] + "/planted.js" }));
      setTimeout(() => done("nothing"), 5000);
    })`, city.url);
    assert.match(refused, /^script-src/, "a script from elsewhere is not run in the window either");
  } finally {
    await window.close();
    await city.close();
    remove();
  }
});
