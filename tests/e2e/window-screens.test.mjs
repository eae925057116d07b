// Every screen in the window's own WebKit, from the first start on, and what opens over them: nothing that axe finds, light,
// dark and in high contrast, in both languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./axe.mjs";
import { asPage, everyScreen, onboarding } from "./every-screen.mjs";
import { handOn } from "./opened.mjs";
import { scratch } from "./paths.mjs";

/** The last is the one that the way through the screens goes on in. */
const LOOKS = ["contrast", "dark", "light"].flatMap((theme) => [{ language: "en", theme }, { language: "ru", theme }]);
/** What opens on a screen is looked at in each theme, and the screens once more offline in each language; Chromium sees them in all. */
const OPENED = [LOOKS[0], LOOKS[3], LOOKS[4]];
const OFFLINE = [LOOKS[0], LOOKS[3]];

/** In the language and look that were set, with a heading and nothing that is still loading. */
const worn = (window, { language, theme }) =>
  window.until(`the window is in ${language}, ${theme}`, () => window.run(`
    const [language, theme] = arguments;
    const { lang, dataset } = document.documentElement;
    const look = theme === "contrast" ? dataset.contrast === "more" : dataset.theme === theme && dataset.contrast === "usual";
    const heading = [...document.querySelectorAll("main h1")].some((it) => it.checkVisibility());
    return lang === language && look && heading && document.querySelector("[aria-busy=true]") === null;`, language, theme));

/** Goes a way through the screens, and looks at each that is shown in every look. */
async function lookThrough(way, least) {
  const { folder, remove } = scratch();
  const [found, seen] = [[], []];
  const show = async (window, name, { within, renew } = {}) => {
    if (name === "broken-off") return;
    seen.push(name);
    const page = asPage(window);
    const hand = handOn(page);
    // What is folded stays so where something has opened that is looked at for itself.
    if (within === undefined) await hand.unfold();
    const looks = name.startsWith("offline-") ? OFFLINE : name.startsWith("opened-") ? OPENED : LOOKS;
    for (const look of looks) {
      await window.command("set_setting", look);
      await worn(window, look);
      await renew?.();
      found.push(...(await violations(page, undefined, within)).map((one) => `${name}, ${look.theme}, ${look.language}: ${one}`));
    }
    if (within === undefined) await hand.fold();
    await window.command("set_setting", LOOKS.at(-1));
    await worn(window, LOOKS.at(-1));
  };
  try {
    await way({ folder, say: () => {}, show });
  } finally {
    remove();
  }
  assert.deepEqual(found, []);
  for (const name of least) assert.ok(seen.includes(name), `${name} was looked at: ${seen.join(", ")}`);
}

test("in the window the way in is in nobody's way: a city, the sign-in, what the city may do, the first Today", { timeout: 180_000 }, () =>
  lookThrough(onboarding, ["choose-a-city", "choose-a-city-of-your-own", "sign-in", "consents-first", "first-today"]));

test("in the window nothing is in the way of anybody: WCAG 2.2 AA and best practices on every screen, in all that opens on it, and offline", { timeout: 300_000 }, () =>
  lookThrough(async (teller) => {
    let proved = false;
    await everyScreen({
      ...teller,
      async show(window, name, more) {
        if (!proved) {
          await window.run("document.querySelector('main').append(document.createElement('button'))");
          assert.match((await violations(asPage(window))).join(), /button-name/, "axe does find what is wrong");
          await window.run("document.querySelector('main > button').remove()");
          proved = true;
        }
        await teller.show(window, name, more);
      },
    });
  }, ["screen-today", "screen-offer-card", "screen-document", "opened-search-found", "opened-what-if-answer", "opened-calendar-address",
    "opened-times", "opened-times-of-a-step", "opened-help", "opened-wrong-record", "opened-erase", "opened-undo-bar", "offline-today", "offline-me"]));
