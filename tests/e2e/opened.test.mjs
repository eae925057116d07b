// What opens on a screen, and what a life or a line brings about, is as sound as the screens are: WCAG 2.2 AA by axe-core, letters
// twice as large, words a third longer.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { violations } from "./axe.mjs";
import { openDevice, openPage, openTown, person } from "./browser.mjs";
import { roomless } from "./room.mjs";
import { handOn, openings } from "./opened.mjs";
import { until } from "./paths.mjs";
import { lives, LOOKS, screens, settled, toCard, visit, wear, WIDTHS } from "./screens.mjs";
import { refuse, whileFirstSyncing } from "./states.mjs";
import { small } from "./targets.mjs";

const STILL = { reducedMotion: "reduce" };
const LANGUAGES = ["ru", "en"];
/** At each width another of them: words do not depend on colours, nor colours on the width. */
const SCHEMES = [...new Set(LOOKS.map(([, look]) => look))];

describe("whatever opens", { timeout: 300_000, concurrency: 2 }, () => {
  let city, browser, town;
  before(async () => ({ city, browser } = town = await openTown()));
  after(() => town?.close());

  /** All that is wrong with what a page shows, at every width and in every look; `renew` before each. */
  async function faults(page, device, { within, renew = async () => {} } = {}) {
    const found = [];
    for (const [index, [width, height]] of WIDTHS.entries()) {
      await page.setViewportSize({ width, height });
      for (const language of LANGUAGES) {
        await wear(page, device, language, SCHEMES[index]);
        await renew();
        const all = [...(await violations(page, undefined, within)), ...(await roomless(page, within)), ...(index === 0 ? await small(page) : [])];
        found.push(...all.map((one) => `${width} px, ${SCHEMES[index]}, ${language}: ${one}`));
      }
    }
    await wear(page, device, "ru", "light");
    return [...new Set(found)];
  }

  test("on a screen is sound: what was found, unfolded, asked in a dialog, and can be taken back", async () => {
    const device = await openDevice(city);
    try {
      await device.signIn("olga");
      await city.laboratory("olga");
      await until("the offer has come", async () => (await device.call("today")).offers.length > 0);
      const page = await openPage(browser, device, STILL);
      const hand = handOn(page);
      const found = [];
      for (const [name, { at, within, open, close, passing }] of Object.entries(await openings(device))) {
        await page.setViewportSize({ width: 360, height: 740 });
        await visit(page, screens.inquiries);
        await visit(page, at);
        await open(hand);
        const renew = passing ? async () => (await close(hand), await open(hand)) : undefined;
        found.push(...(await faults(page, device, { within, renew })).map((one) => `${name}: ${one}`));
        await close?.(hand);
      }
      assert.deepEqual(found, []);
      assert.deepEqual(page.trouble, []);
      await page.context().close();
    } finally {
      await device.close();
    }
  });

  test("is looked at so that what is wrong in it is found", async () => {
    const device = await openDevice(city);
    try {
      await device.signIn("boris");
      const page = await openPage(browser, device, STILL);
      const hand = handOn(page);
      await visit(page, screens.facts);
      await hand.press("[data-testid=fact-row] .btn");
      await hand.see("dialog");
      await page.evaluate(() => {
        const dialog = document.querySelector("dialog");
        dialog.querySelector("label").remove();
        dialog.querySelector("h2").style = "overflow: hidden; width: 4ch; white-space: nowrap";
        dialog.querySelector("p").style = "color: #999";
      });
      const found = (await faults(page, device)).join();
      for (const fault of ["360 px, light, ru: label", "1440 px, contrast on dark, en: label", "dark, en: twice as large: “This", "light, ru: color-contrast"])
        assert.ok(found.includes(fault), `${fault}: ${found}`);
      await page.context().close();
    } finally {
      await device.close();
    }
  });

  test("when somebody is late is sound, on Today and on its card", () =>
    person(town, "late", STILL, async (page, device) => {
      const { late } = await until("it is late", async () => {
        const today = await device.call("today");
        return today.late.length > 0 && today;
      });
      const found = [];
      for (const at of [screens.today, toCard(late[0].id)]) {
        await visit(page, at);
        await page.locator(at === screens.today ? "article.late" : "[data-testid=card-detail]").waitFor();
        found.push(...(await faults(page, device)).map((one) => `${at}: ${one}`));
      }
      assert.deepEqual(found, []);
    }));

  test("when the city has refused is sound, on Today and on its card", () =>
    person(town, "no-consent", STILL, async (page, device) => {
      const id = await refuse(city, device);
      const found = [];
      for (const at of [screens.today, toCard(id)]) {
        await visit(page, at);
        await page.locator("[role=note]").first().waitFor();
        found.push(...(await faults(page, device)).map((one) => `${at}: ${one}`));
      }
      assert.deepEqual(found, []);
    }));

  test("when a screen is empty, is being read or could not be is sound", () =>
    person(town, "calm", STILL, async (page, device) => {
      const found = [];
      const look = async (name) => found.push(...(await faults(page, device)).map((one) => `${name}: ${one}`));
      await visit(page, screens.today);
      await page.getByTestId("calm").waitFor();
      await look("calm");
      // What the other tabs show is read ahead: before the page is there, or it is known already.
      await page.route("**/rpc/path", () => {});
      await page.route("**/rpc/calendar", (route) => route.fulfill({ status: 500, json: { code: "inside", message: { ru: "", en: "" } } }));
      await page.reload();
      await page.getByTestId("calm").waitFor();
      await page.evaluate((hash) => (location.hash = hash), screens.path);
      await page.locator("[aria-busy=true]").first().waitFor();
      await look("loading");
      await page.evaluate((hash) => (location.hash = hash), screens.calendar);
      await page.getByRole("button", { name: "Попробовать ещё раз" }).waitFor();
      await look("failed");
      assert.deepEqual(found, []);
    }));

  test("before Today holds letters twice as large and longer words: the city, the sign-in, the wait for the browser, consents", () =>
    person(town, null, STILL, async (page, device) => {
      const hand = handOn(page);
      const found = [];
      const look = async (name) => {
        await settled(page);
        await hand.unfold();
        for (const [width, height] of WIDTHS) {
          await page.setViewportSize({ width, height });
          for (const language of LANGUAGES) {
            await wear(page, device, language, "light");
            found.push(...(await roomless(page)).map((one) => `${name}, ${width} px, ${language}: ${one}`));
          }
        }
      };
      await look("city");
      await device.call("connect_city", { address: city.url });
      await page.getByTestId("sign-in").waitFor();
      await look("sign-in");
      await device.call("sign_in", {});
      await page.getByRole("heading", { name: /Ждём вас|Waiting/ }).waitFor();
      await look("waiting");
      await device.call("sign_out");
      await device.signIn(lives["expecting"].who, { decided: false });
      await page.getByTestId("consents-done").or(page.getByTestId("tab-today")).first().waitFor();
      await look("consents");
      assert.deepEqual(found, []);
    }));
});

test("the first reading of a long life is sound while it lasts", { timeout: 120_000 }, () =>
  whileFirstSyncing(STILL, async (page, device) => {
    const found = [];
    for (const [index, [width, height]] of WIDTHS.entries()) {
      await page.setViewportSize({ width, height });
      await wear(page, device, LANGUAGES[index % 2], SCHEMES[index]);
      found.push(...[...(await violations(page)), ...(await roomless(page))].map((one) => `${width} px: ${one}`));
    }
    assert.deepEqual(found, []);
  }));
