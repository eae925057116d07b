// Every screen of the app, by name and address, and the people whose lives bring each of its states.

/** The states of a life: who, and what the operator does first. The first visit of a resident is `visit(who)`. */
export const lives = {
  calm: { who: "anna", prepare: async () => {} },
  offered: {
    who: "anna",
    prepare: (city) => city.act("lab-result", { resident: "anna", code: "2039-6", value: 12, unit: "ng/mL", high: 5 }),
  },
  pregnant: {
    who: "maria",
    prepare: (city) => city.act("pregnancy", { resident: "maria", lmp: "2026-10-05" }),
  },
  suspicion: { who: "oleg", prepare: async () => {} },
  "no-consent": { who: "nina", prepare: async () => {} },
  expecting: { who: "elena", prepare: async () => {} },
  "worried-man": { who: "viktor", prepare: async () => {} },
  mother: { who: "olga", prepare: async () => {} },
  pensioner: { who: "galina", prepare: async () => {} },
  acted: { who: "pavel", prepare: async () => {} },
  suggested: { who: "svetlana", prepare: async () => {} },
  screened: { who: "boris", prepare: async () => {} },
  loss: {
    who: "irina",
    async prepare(city) {
      await city.act("pregnancy", { resident: "irina", lmp: "2026-09-07" });
      await city.act("pregnancy-loss", { resident: "irina" });
    },
  },
};

/** The screens of a signed-in resident. */
export const screens = [
  { name: "today", hash: "#/today" },
  { name: "path", hash: "#/path" },
  { name: "calendar", hash: "#/calendar" },
  { name: "me", hash: "#/me" },
  { name: "facts", hash: "#/me/facts" },
  { name: "family", hash: "#/me/family" },
  { name: "documents", hash: "#/me/documents" },
  { name: "consents", hash: "#/me/consents" },
  { name: "access", hash: "#/me/access" },
  { name: "settings", hash: "#/me/settings" },
];

/** Goes to a screen by its address and waits until it has said its content. */
export async function visit(page, hash) {
  await page.evaluate((hash) => (location.hash = hash), hash);
  await settled(page);
}

/** Nothing is loading any more and the page has a heading. */
export async function settled(page) {
  await page.locator("main h1:visible").first().waitFor();
  await page.waitForFunction(() => document.querySelector("[aria-busy=true]") === null, null, { timeout: 15_000 });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
