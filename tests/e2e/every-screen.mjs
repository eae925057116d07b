// Every screen once: the way in, then all that a life with much in it has to show.
import assert from "node:assert/strict";
import { handOn, openings } from "./opened.mjs";
import { everythingSent, play } from "./play.mjs";
import { screens, toCard, toDocument } from "./screens.mjs";

/** What the helpers of a browser's page need of one. */
export const asPage = (window) => ({
  evaluate: (script, given) =>
    typeof script === "string" ? window.run(script) : window.run(`return (${script})(arguments[0])`, given ?? null),
});

/** From no city to Today, by the buttons alone: Nina has not said yet what the city may do for her. */
export const onboarding = (teller) =>
  play(teller, "nina", async ({ window, city }) => {
    teller.say("The way in, for Nina, who has said nothing yet: she chooses her city");
    await window.byTestId("connect-demo", 30);
    await teller.show(window, "choose-a-city");
    await window.click(await window.byText("или подключите свой город"));
    await window.type(await window.byRole("textbox", "Адрес города"), city.url);
    await teller.show(window, "choose-a-city-of-your-own");
    await window.click(await window.byRole("button", "Подключить"));
    const button = await window.byTestId("sign-in", 30);
    await teller.show(window, "sign-in");

    teller.say("She signs in, and decides what the city may do for her");
    await window.click(button);
    await window.byTestId("consents-done", 30);
    await window.byText("Что разрешить городу");
    await teller.show(window, "consents-first");
    await window.click(await window.byText("Готовить и спрашивать"));
    await window.click(await window.byTestId("consents-done"));
    await window.byTestId("offer-card", 30);
    await teller.show(window, "first-today");
  }, { connected: false });

/** Olga has a newborn, and papers; a result brings her an offer, a question to a person brings an answer to wait for. */
export const everyScreen = (teller) =>
  play(teller, "olga", async (scene) => {
    const { window, city } = scene;
    teller.say("Every screen once, for Olga, who has a newborn");
    await window.click(await window.byTestId("sign-in", 30));
    await window.byTestId("tab-today", 30);
    await city.laboratory("olga");
    await window.byTestId("offer-card", 20);
    await window.command("ask_human", { text: "Мне неудобно по утрам." });
    await everythingSent(window);

    for (const [name, hash] of Object.entries(await addresses(window))) {
      await visit(window, hash);
      await teller.show(window, `screen-${name}`);
    }
    await visit(window, screens.today);
    await window.run(`document.querySelector('[data-testid="question"]').scrollIntoView()`);
    await teller.show(window, "screen-questions");

    teller.say("What opens on a screen: what was found, other times, another case, a record that is wrong, what can be taken back");
    const hand = handOn(asPage(window));
    const device = { call: (name, args) => window.command(name, args) };
    for (const [name, { at, within, open, close, passing }] of Object.entries(await openings(device))) {
      await visit(window, screens.inquiries);
      await visit(window, at);
      await open(hand);
      await teller.show(window, `opened-${name}`, { within, renew: passing && (async () => (await close(hand), await open(hand))) });
      await close?.(hand);
    }

    teller.say("And the screens without a network");
    await window.command("set_network", { offline: true });
    await window.byTestId("offline-banner", 20);
    for (const [name, hash] of Object.entries(await addresses(window))) {
      await visit(window, hash);
      await teller.show(window, `offline-${name}`);
    }
  });

/** The screens by name, with a card of each sort and a document among them. */
async function addresses(window) {
  const { offers, next } = await window.command("today");
  const { documents } = await window.command("me");
  assert.ok(offers[0] && next[0] && documents[0], "there is an offer, a step and a document to look at");
  // Cards right after Today, whose list stays beside them.
  const { today, ...others } = screens;
  return {
    today,
    "offer-card": toCard(offers[0].id),
    "step-card": toCard(next[0].id),
    ...others,
    document: toDocument(documents[0].id),
  };
}

/** Goes there and waits until the page has its heading and nothing is loading any more. */
async function visit(window, hash) {
  await window.go(hash);
  await window.run("return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))");
  await window.first(`the heading of ${hash}`, "//main//h1[normalize-space(.)]");
  await still(window);
}

const still = (window) =>
  window.until("nothing is loading", () => window.run(`return document.querySelector('[aria-busy="true"]') === null`));
