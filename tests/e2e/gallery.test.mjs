// The gallery of components: what everybody can use here, everybody can use wherever it is put.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { COLOURS, violations } from "./axe.mjs";
import { openBrowser } from "./browser.mjs";
import { crowded } from "./crowded.mjs";
import { lookAt, openGallery, turn } from "./gallery.mjs";
import { small } from "./targets.mjs";

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1440, height: 900 };
const LANGUAGES = ["ru", "en"];
const SCHEMES = ["light", "dark"].flatMap((theme) => ["usual", "more"].map((contrast) => ({ theme, contrast })));

describe("the gallery", { timeout: 300_000, concurrency: 2 }, () => {
  let gallery, browser;
  before(async () => ([gallery, browser] = await Promise.all([openGallery(), openBrowser()])));
  after(async () => {
    await browser?.close();
    await gallery?.close();
  });

  /** A look at the page, and what its console complained of. */
  async function inside(look, size, live) {
    const page = await lookAt(browser, gallery, look, size);
    try {
      await live(page);
      assert.deepEqual(page.trouble, [], Object.values(look).join(", "));
    } finally {
      await page.context().close();
    }
  }

  /** Everything once in each language, and the colours again in each of their schemes. */
  const everyLook = (size) =>
    inside({}, size, async (page) => {
      for (const language of LANGUAGES) {
        for (const [index, scheme] of SCHEMES.entries()) {
          await turn(page, { language, ...scheme });
          const where = [language, ...Object.values(scheme)].join(", ");
          assert.deepEqual(await violations(page, index === 0 ? undefined : COLOURS), [], where);
          assert.equal(await page.locator("[data-enough=true]").count(), await page.locator("[data-pair]").count(), where);
        }
      }
    });

  test("has no violation of WCAG 2.2 AA and of best practices on a phone: light, dark, high contrast, in both languages", () =>
    everyLook(PHONE));

  test("has none on a desktop either", () => everyLook(DESK));

  test("leaves a finger 44 px for whatever can be pressed, online and offline", async () => {
    for (const moment of ["usual", "offline"])
      await inside({ moment }, PHONE, async (page) => {
        for (const language of LANGUAGES) {
          await turn(page, { language });
          assert.deepEqual(await small(page), [], `${moment}, ${language}`);
        }
      });
  });

  /** Letters twice as large cut nothing and push nothing out of the window. */
  const twiceAsLarge = (moment, live = async () => {}) =>
    inside({ letters: "200", moment }, PHONE, async (page) => {
      for (const language of LANGUAGES) {
        await turn(page, { language });
        assert.deepEqual(await crowded(page), [], `${moment}, ${language}`);
      }
      await live(page);
    });
  const accept = (page) => page.getByTestId("accept").first();
  const otherTime = (page) => page.getByTestId("other-time").first();

  test("holds letters twice as large", () => twiceAsLarge("usual"));

  test("holds them when all is calm", () => twiceAsLarge("calm"));

  test("holds them offline, where only what needs the network is disabled", () =>
    twiceAsLarge("offline", async (page) => {
      assert.equal(await accept(page).isDisabled(), false);
      assert.equal(await otherTime(page).isDisabled(), true);
    }));

  test("holds them while something is being done, when nothing more can be pressed", () =>
    twiceAsLarge("busy", async (page) => assert.equal(await accept(page).isDisabled(), true)));

  test("holds them when something went wrong, which stays said", () =>
    twiceAsLarge("failed", async (page) => assert.match(await page.getByTestId("said").innerText(), /does not answer/)));
});
