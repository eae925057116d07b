// Every screen of the app, and the lives that bring each of its states.

/** Who, and what the operator does first. */
export const lives = {
  calm: { who: "anna" },
  offered: { who: "anna", prepare: (city) => city.laboratory("anna") },
  pregnant: { who: "maria", prepare: (city) => city.act("pregnancy", { resident: "maria", lmp: "2026-10-05" }) },
  suspicion: { who: "oleg" },
  "no-consent": { who: "nina" },
  expecting: { who: "elena" },
  prostate: { who: "viktor" },
  mother: { who: "olga" },
  pensioner: { who: "galina" },
  daughter: { who: "vera" },
  acted: { who: "pavel" },
  suggested: { who: "svetlana" },
  screened: { who: "boris" },
  late: {
    who: "pavel",
    // The employer's last day to pay him was the thirteenth.
    prepare: (city) => city.act("outcome", { resident: "pavel", kind: "employment.ended", fields: { date: "2026-11-13" } }),
  },
  loss: {
    who: "irina",
    async prepare(city) {
      await city.act("pregnancy", { resident: "irina", lmp: "2026-09-07" });
      await city.act("pregnancy-loss", { resident: "irina" });
    },
  },
};

/** What the browser's window is, from a phone to a desktop. */
export const WIDTHS = [[360, 740], [412, 915], [768, 1024], [1440, 900]];
/** Language and look, as `wear` wants them. */
export const LOOKS = ["light", "dark", "contrast on light", "contrast on dark"].flatMap((look) => [["ru", look], ["en", look]]);

/** The screens of a signed-in resident; cards and documents are found by what is on them. */
export const screens = {
  today: "#/today",
  path: "#/path",
  calendar: "#/calendar",
  month: "#/calendar/month",
  me: "#/me",
  facts: "#/me/facts",
  family: "#/me/family",
  documents: "#/me/documents",
  inquiries: "#/me/inquiries",
  consents: "#/me/consents",
  access: "#/me/access",
  settings: "#/me/settings",
};

export const toCard = (id) => `#/card/${encodeURIComponent(id)}`;
export const toDocument = (id) => `#/document/${encodeURIComponent(id)}`;

/** Goes to a screen by its address and waits until it has said its content. */
export async function visit(page, hash) {
  await page.evaluate((hash) => (location.hash = hash), hash);
  await settled(page);
}

/** The page has its heading, and nothing is loading any more. */
export async function settled(page) {
  await page.locator("main h1:visible").first().waitFor();
  await page.waitForFunction(() => document.querySelector("[aria-busy=true]") === null);
  await drawn(page);
}

/** What was changed is on the screen: even who wants no motion gets colours and sizes a frame later. */
export const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** The resident's language and look, as the settings would set them: a theme, or the high contrast of a light or dark system. */
export async function wear(page, device, language, look) {
  const [theme, scheme = "light"] = look.split(" on ");
  await page.emulateMedia({ colorScheme: scheme });
  await device.call("set_setting", { language, theme });
  await page.waitForFunction(
    ([language, theme, contrast]) => {
      const { lang, dataset } = document.documentElement;
      return lang === language && dataset.theme === theme && dataset.contrast === contrast;
    },
    [language, theme === "contrast" ? scheme : theme, theme === "contrast" ? "more" : "usual"],
  );
  await drawn(page);
}
