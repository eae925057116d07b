// What opens on the screens: found, unfolded, asked over them or said of what was done. A script in the page opens it, so that the
// browser's page and the window's are served alike; pressing it as a person does is for the other tests.
import assert from "node:assert/strict";
import { until } from "./paths.mjs";
import { screens, toCard } from "./screens.mjs";
import { bookable } from "./states.mjs";

const WHAT_IF = "[data-testid=what-if]";
const SUBSCRIPTION = "[data-testid=subscription]";
const CLOSE = "dialog .head button";

/** Runs in the page: what the eye can find. */
const seenIn = (selector) => [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility({ visibilityProperty: true }));

/** A hand in a page that answers `evaluate`. */
export function handOn(page) {
  const inPage = (act, given) => page.evaluate(new Function("given", `const seen = ${seenIn}; return (${act})(given);`), given);
  const count = (selector) => inPage((selector) => seen(selector).length, selector);
  const hand = {
    see: (selector) => until(`${selector} is there`, async () => (await count(selector)) > 0),
    gone: (selector) => until(`${selector} is gone`, async () => (await count(selector)) === 0),
    isThere: async (selector) => (await count(selector)) > 0,
    async press(selector) {
      await hand.see(`${selector}:not(:disabled):not([aria-disabled=true])`);
      await inPage((selector) => seen(selector)[0].click(), selector);
    },
    async type([selector, words]) {
      await hand.see(selector);
      await inPage(([selector, words]) => {
        const [field] = seen(selector);
        field.focus();
        field.value = words;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }, [selector, words]);
    },
    async choose(selector) {
      await hand.see(selector);
      await inPage((selector) => seen(selector)[0].dispatchEvent(new PointerEvent("pointerup", { bubbles: true })), selector);
    },
    /** All that is folded, or what is meant of it; what its opening asks for has come. */
    async unfold(selector = "main details:not([open])") {
      await inPage((selector) => seen(selector).forEach((it) => Object.assign(it, { open: true }).setAttribute("data-by-hand", "")), selector);
      await hand.still();
    },
    /** What was unfolded here. */
    fold: () => inPage(() => seen("[data-by-hand]").forEach((it) => Object.assign(it, { open: false }).removeAttribute("data-by-hand"))),
    async still() {
      await inPage(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await hand.gone("[aria-busy=true]");
    },
  };
  return hand;
}

const closeDialog = async (hand) => {
  await hand.press(CLOSE);
  await hand.gone("dialog");
};
const dialog = (at, button) => ({
  at,
  within: "dialog",
  async open(hand) {
    await hand.press(button);
    await hand.see("dialog h2");
    await hand.still();
  },
  close: closeDialog,
});
const askWhatIf = async (hand, words) => {
  await hand.unfold(WHAT_IF);
  await hand.type([`${WHAT_IF} [role=combobox]`, words]);
  await hand.see("[role=option]");
};

/** By its name: the screen it opens on and where in it, how it opens, and how it closes where going elsewhere does not close it. */
export async function openings(device) {
  const { offers } = await device.call("today");
  assert.ok(offers[0], "there is an offer to open");
  const step = toCard(await bookable(device));
  return {
    "search-found": {
      at: screens.me,
      within: "main",
      async open(hand) {
        await hand.type(["input[type=search]", "ребён"]);
        await hand.see("[data-testid=found] a");
      },
    },
    "search-nothing": {
      at: screens.me,
      within: "main",
      async open(hand) {
        await hand.type(["input[type=search]", "щщщ"]);
        await hand.see("search + [role=status]:not(:empty)");
      },
    },
    "today-whole": {
      at: screens.today,
      within: "main",
      async open(hand) {
        while (await hand.isThere("section > .more")) await hand.press("section > .more");
      },
    },
    "what-if-choice": { at: screens.path, within: WHAT_IF, open: (hand) => askWhatIf(hand, "ребён") },
    "what-if-question": {
      at: screens.path,
      within: WHAT_IF,
      async open(hand) {
        await askWhatIf(hand, "по уходу");
        await hand.choose("[role=option]");
        await hand.see(`${WHAT_IF} [role=group]`);
      },
    },
    "what-if-answer": {
      at: screens.path,
      within: WHAT_IF,
      async open(hand) {
        await askWhatIf(hand, "последним рабочим");
        await hand.choose("[role=option]");
        await hand.type([`${WHAT_IF} input[type=date]`, "2026-11-20"]);
        await hand.press(`${WHAT_IF} form .btn`);
        await hand.see("[data-testid=what-if-answer] > *");
        await hand.unfold(`${WHAT_IF} details`);
      },
    },
    "calendar-address": {
      at: screens.calendar,
      within: SUBSCRIPTION,
      async open(hand) {
        await hand.unfold(SUBSCRIPTION);
        // Made, or made anew: it is told once.
        await hand.press(`${SUBSCRIPTION} .btn`);
        await hand.see(`${SUBSCRIPTION} input[readonly]`);
      },
    },
    times: dialog(screens.today, "[data-testid=other-time]"),
    "times-of-a-step": dialog(step, "[data-testid=card-detail] .btn.primary"),
    help: dialog(screens.today, "footer > .btn"),
    "help-on-a-card": dialog(step, "footer > .btn"),
    "wrong-record": dialog(screens.facts, "[data-testid=fact-row] .btn"),
    erase: dialog(screens.settings, ".settings > :last-child .btn"),
    "undo-bar": {
      at: screens.today,
      within: "[data-passing]",
      // The bar is there for ten seconds.
      passing: true,
      async open(hand) {
        await hand.press("[data-testid=accept]");
        await hand.see("[data-testid=undo-bar]");
      },
      async close(hand) {
        await hand.press("[data-testid=undo-bar] button");
        await hand.gone("[data-testid=undo-bar]");
        await hand.see("[data-testid=accept]");
      },
    },
  };
}
