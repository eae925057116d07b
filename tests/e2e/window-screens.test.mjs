// Every screen in the window's own WebKit: nothing that axe finds, light, dark and in high contrast, in both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./axe.mjs";
import { scratch } from "./paths.mjs";
import { everythingSent, play, signIn } from "./play.mjs";
import { screens, toCard, toDocument } from "./screens.mjs";

const LOOKS = ["light", "dark", "contrast"].flatMap((theme) => [{ language: "ru", theme }, { language: "en", theme }]);

/** What the helpers of a browser's page need of one. */
const asPage = (window) => ({
  evaluate: (script, given) =>
    typeof script === "string" ? window.run(script) : window.run(`return (${script})(arguments[0])`, given ?? null),
});

/** At the page's own address, with a heading and nothing that is still loading, in the language and look that were set. */
const worn = (window, hash, { language, theme }) =>
  window.until(`${hash} is there in ${language}, ${theme}`, () => window.run(`
    const [hash, language, theme] = arguments;
    if (location.hash !== hash) location.hash = hash;
    const { lang, dataset } = document.documentElement;
    const look = theme === "contrast" ? dataset.contrast === "more" : dataset.theme === theme && dataset.contrast === "usual";
    const heading = [...document.querySelectorAll("main h1")].some((it) => it.checkVisibility());
    return lang === language && look && heading && document.querySelector("[aria-busy=true]") === null;`, hash, language, theme));

test("in the window nothing is in the way of anybody: WCAG 2.2 AA and best practices on every screen, in every look", { timeout: 240_000 }, async () => {
  const { folder, remove } = scratch();
  const teller = { folder, say: () => {}, show: async () => {} };
  const found = [];
  try {
    await play(teller, "olga", async (scene) => {
      const { window, city } = scene;
      await signIn(scene);
      await city.laboratory("olga");
      await window.byTestId("offer-card", 20);
      await window.command("ask_human", { text: "Мне неудобно по утрам." });
      await everythingSent(window);
      const { offers, next } = await window.command("today");
      const { documents } = await window.command("me");
      const all = {
        ...screens,
        offer: toCard(offers[0].id),
        step: toCard(next[0].id),
        document: toDocument(documents[0].id),
      };
      await window.run("document.querySelector('main').append(document.createElement('button'))");
      assert.match((await violations(asPage(window))).join(), /button-name/, "axe does find what is wrong");
      await window.run("document.querySelector('main > button').remove()");
      for (const look of LOOKS) {
        await window.command("set_setting", look);
        for (const [name, hash] of Object.entries(all)) {
          await worn(window, hash, look);
          const here = await violations(asPage(window));
          found.push(...here.map((one) => `${name}, ${look.theme}, ${look.language}: ${one}`));
        }
      }
    });
  } finally {
    remove();
  }
  assert.deepEqual(found, []);
});
