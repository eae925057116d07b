// A stage for a story: a real city behind a real wire, and a resident's window. `teller.say(words)` tells a step,
// `teller.show(window, name)` keeps a picture, `teller.measured(what, ms, most)` tells a time, which the tests hold to `most`.
import { join } from "node:path";
import { openCity } from "./city.mjs";
import { clearAway } from "./dunst.mjs";
import { openNetwork } from "./network.mjs";
import { openWindow } from "./window.mjs";

/** Tells nobody. */
export const quiet = { say: () => {}, show: async () => {} };

/** Unless `connected`, the window knows no city yet. */
export async function play(teller, resident, tell, { connected = true } = {}) {
  const network = await openNetwork();
  let city;
  let window;
  try {
    city = await openCity({ folder: teller.folder, network });
    const env = { VEKHA_DATA_DIR: join(teller.folder, "device"), VEKHA_CITY: connected ? city.url : "demo", VEKHA_AUTO_SIGN_IN: "" };
    window = await openWindow({ env, hand: resident });
    await tell({ teller, network, city, window });
  } catch (error) {
    if (window) await teller.show(window, "broken-off").catch(() => {});
    if (city) error.message += `\n--- the city said\n${city.log().split("\n").slice(-8).join("\n")}`;
    throw error;
  } finally {
    await window?.close();
    await city?.close();
    await network.cut();
    clearAway();
  }
}

/** Through the browser, as a resident does; until the first sync is over. */
export async function signIn({ teller, window }) {
  const button = await window.byTestId("sign-in", 30);
  await teller.show(window, "sign-in");
  await window.click(button);
  await window.until("signed in, and the first sync is over", async () => {
    const { state, as_of } = await window.command("session");
    return state === "ready" && as_of;
  }, 30);
  await window.byTestId("tab-today", 20);
}

/** A picture of each of the four tabs; every-screen.mjs has every screen. */
export async function lookAround({ teller, window }, name) {
  for (const tab of ["today", "path", "calendar", "me"]) {
    await window.tab(tab);
    await new Promise((done) => setTimeout(done, 400));
    await teller.show(window, `${name}-${tab}`);
  }
  await window.tab("today");
}

/** The run of a situation on the resident's path, as the device plans it. */
export const runOf = async (window, situation) =>
  (await window.command("path")).runs.find((it) => it.situation === situation);

/** A step of a run by its name in the catalogue. */
export const stepOf = (run, name) => run.steps.find((it) => it.id.endsWith(`/${name}`));

export const everythingSent = (window) =>
  window.until("nothing waits to be sent any more", async () => (await window.command("session")).waiting === 0, 60);

/** Accepts the offer whose card is open, and waits until the city has the answer. */
export async function acceptOnCard(window) {
  const accept = await window.first("Accept on the card", '//*[@data-testid="card-detail"]//*[@data-testid="accept"]');
  await window.click(accept);
  await window.until("the offer is answered", async () => !(await window.displayed(accept)));
  await everythingSent(window);
}

/** Milliseconds of a moment as the city writes it. */
export const moment = (text) => Date.parse(text.replace(/\[.*$/, ""));
