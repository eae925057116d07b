// What a press in a notification brings to the window; accepting and the body are pressed in the story.
import assert from "node:assert/strict";
import { test } from "node:test";
import { awaitNotification, press, shown } from "./dunst.mjs";
import { scratch } from "./paths.mjs";
import { play, signIn } from "./play.mjs";

test("“Другое время” pressed in a notification leads to the card and its other times", { timeout: 120_000 }, async () => {
  const { folder, remove } = scratch();
  const teller = { folder, say: () => {}, show: async () => {} };
  try {
    await play(teller, "anna", async ({ window, city }) => {
      await signIn({ teller, window });
      const before = shown().length;
      await city.laboratory("anna");
      const notification = await awaitNotification((it) => it.body.includes("время удержано"), { after: before, seconds: 20 });
      const [held] = await city.visits("anna", "pending");
      press(notification, "change");
      await window.until("the window is at the card", async () =>
        (await window.run("return decodeURIComponent(location.hash)")) === `#/card/${held.step}`);
      await window.first("a time to choose", '//dialog[.//h2[normalize-space(.) = "Другое время"]]//button[starts-with(@aria-label, "Выбрать ")]');
      const times = await window.run(`return [...document.querySelectorAll("dialog li button")].map((it) => it.innerText)`);
      assert.ok(times.length > 1 && times.every((it) => /^\d\d:\d\d$/.test(it)), `more than one time is shown: ${times}`);
      assert.equal((await city.visits("anna", "pending"))[0].start, held.start, "a look changes nothing: the time stays held");
    });
  } finally {
    remove();
  }
});
