// A picture of every screen: a real city, a real device, a real browser, a mother with a newborn.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHROMIUM, openDevice, openPage, openTown, person } from "./browser.mjs";
import { until } from "./paths.mjs";
import { handOn, openings } from "./opened.mjs";
import { lives, screens, settled, toCard, toDocument, visit, wear } from "./screens.mjs";
import { bookable, refuse, whileFirstSyncing } from "./states.mjs";

const LETTERS = ["system-ui", "sans-serif", "Noto Sans", "DejaVu Sans"];

/** What a picture depends on besides the app: the browser, and the files its letters come from. */
export function drawnWith() {
  const browser = execFileSync(CHROMIUM, ["--version", "--no-sandbox"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  const letters = LETTERS.map((family) => execFileSync("fc-match", ["-f", "%{family} %{fontversion}", family], { encoding: "utf8" }));
  return [browser, ...letters, ""].join("\n");
}

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1200, height: 800 };

/** What each picture shows, in the order of the page. */
export const TOLD = {
  city: ["Choose a city", "The built-in demo city, or the address of your own. Nothing has left the device yet."],
  "sign-in": ["Sign in", "On the city's own page, in the browser; the app never sees a password."],
  waiting: ["Waiting for the browser", "What was opened can be opened again, and left."],
  "first-sync": ["The first reading", "How much of a long life has come, and of how much; nothing is called calm before its end."],
  "first-consents": ["What the city may do", "Per domain: off, suggest, arrange, act; each with an example of what would have happened last month."],
  today: ["Today", "What needs an answer comes first: the held time, one tap to accept it. Then what comes next, what the city has done, and one question at a time."],
  times: ["Another time", "Free times of the same service, straight from the city."],
  "step-times": ["A time for a step", "Where the city may only suggest, a time is taken by oneself, in the same way."],
  late: ["Somebody is late", "What the city or an employer owes: by how many days, who answers for it, and whom to turn to."],
  refused: ["The city said no", "Why, in words, and what can be done now."],
  card: ["A step", "What, when, where, how much, by which law, and every condition that holds or does not, with the facts behind it."],
  path: ["The path", "The life line, the situations that leave it, their turns and their steps. Fingers, wheel or buttons bring it nearer."],
  "path-life": ["A whole life", "The same picture from conception to a hundred years, with the child's line beside the mother's. What the calendar of a life brings is thin, what the facts began is bold."],
  "path-parent": ["A parent's line", "Vera's own life, and her father's beside it."],
  calendar: ["The calendar", "Visits, windows and deadlines, and how to get there. What leaves the device is named neutrally."],
  month: ["A month", "The same by days."],
  me: ["Me", "Everything about the resident, by its kind."],
  search: ["To find", "A few letters find a step, a document, a record, a permission: on the device, nothing is sent."],
  facts: ["Facts", "What the city holds, where from, and “this is wrong” at each."],
  family: ["Family", "Whom else the device shows."],
  documents: ["Documents", "Papers that came by themselves; they open without a network."],
  document: ["A document", "To read, also offline."],
  inquiries: ["Questions to a person", "What was asked or disputed, and the answer in the same place."],
  consents: ["Permissions", "The same choices, changeable on any day; whose they are where they are a child's."],
  access: ["Who looked", "Every look at the resident's data: who, at what, when and why."],
  settings: ["Settings", "Language, look, notifications, quiet hours, how to hear hard news."],
  help: ["My case is different", "On every screen: a person, with what is on the screen attached."],
  undo: ["Ten seconds to take it back", "An answer leaves the device when they are over; the end of a story as well."],
  wrong: ["This is wrong", "A record is disputed where it stands; a person checks it at its source."],
  erase: ["Erase", "What goes and what stays, before it goes."],
  "what-if": ["What if", "Something pretended, and what the path would be then; nothing is kept or sent."],
  "what-if-answer": ["What would be then", "What would begin, and which steps would come, move or go."],
  subscription: ["A calendar's address", "Told once, taken back at any time; without a word on health."],
  loss: ["After a loss", "Condolence and help, and nothing else for five working days."],
  offline: ["Without a network", "Everything stays readable; what was answered waits and says so."],
  calm: ["Nothing to do", "Empty is calm: what comes next, and that all goes its way."],
  loading: ["What was never seen yet", "Grey lines stand where words will be; what was seen before is there at once."],
  failed: ["Something did not work", "What happened, that nothing is lost, and one button to try again; the rest of the app goes on."],
  "times-failed": ["One service does not answer", "The city is out of reach for free times: the offer itself stays, and can be accepted."],
  night: ["On a phone, dark, in English", "Every screen is there in both languages and in each look."],
  large: ["Letters twice as large", "Nothing is cut, and nothing lies on anything else."],
  desk: ["On a desktop, dark", "A list and the thing itself, side by side."],
  contrast: ["High contrast", "White on black, or black on white."],
};

/** Those that have an address, and how they are seen once more. They are compared, and not on the page. */
const ADDRESSED = [...Object.keys(screens), "card", "document"];
const ONCE_MORE = {
  wide: { size: DESK, language: "en", theme: "dark" },
  night: { size: PHONE, language: "en", theme: "dark" },
  large: { size: PHONE, language: "ru", theme: "light", letters: "200%" },
};
/** What opens on a phone with letters twice as large. */
const OPENED_LARGE = ["search-found", "what-if-answer", "times", "times-of-a-step", "help", "wrong-record", "erase", "undo-bar"];

/** The files of all pictures. */
export const FILES = [
  ...Object.keys(TOLD).map((name) => `screen-${name}.png`),
  ...Object.keys(ONCE_MORE).flatMap((set) => ADDRESSED.map((name) => `${set}-${name}.png`)),
  ...OPENED_LARGE.map((name) => `large-${name}.png`),
];

/** The page once nothing on it moves any more. */
async function atRest(page) {
  let before;
  return until("the page is at rest", async () => {
    await page.waitForTimeout(150);
    const now = await page.screenshot();
    if (before?.equals(now)) return now;
    before = now;
  });
}

/** Takes them all into a folder. */
export async function shootAll(folder) {
  const town = await openTown();
  const { city, browser, close } = town;
  const device = await openDevice(city);
  try {
    const shoot = async (page, name, set = "screen") => writeFileSync(join(folder, `${set}-${name}.png`), await atRest(page));
    const page = await openPage(browser, device, PHONE);
    await wayIn(town, shoot);
    await device.signIn("olga");
    await city.laboratory("olga");
    await device.call("ask_human", { text: "Мне неудобно по утрам." });
    const today = await until("the offer has come", async () => {
      const today = await device.call("today");
      return today.offers.length > 0 && today;
    });
    await page.reload();
    await visit(page, screens.today);
    await shoot(page, "today");
    for (const [name, hash] of Object.entries(screens)) {
      if (!(name in TOLD) || name === "today") continue;
      await visit(page, hash);
      await shoot(page, name);
    }
    await visit(page, screens.me);
    await page.getByRole("searchbox").fill("ребён");
    await page.getByTestId("found").waitFor();
    await shoot(page, "search");
    await visit(page, screens.path);
    await page.getByRole("radio", { name: "Жизнь", exact: true }).check();
    await atRest(page);
    await page.getByTestId("path-svg").scrollIntoViewIfNeeded();
    await shoot(page, "path-life");
    await visit(page, toCard(today.offers[0].id));
    await shoot(page, "card");
    await page.getByRole("button", { name: "Другое время" }).first().click();
    await page.getByRole("dialog").waitFor();
    await shoot(page, "times");
    await page.keyboard.press("Escape");
    await page.route("**/rpc/other_times", (route) =>
      route.fulfill({ status: 503, json: { code: "offline", message: { ru: "", en: "" } } }));
    await page.getByRole("button", { name: "Другое время" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Попробовать ещё раз" }).waitFor();
    await shoot(page, "times-failed");
    await page.keyboard.press("Escape");
    const { documents } = await device.call("me");
    await visit(page, toDocument(documents[0].id));
    await shoot(page, "document");
    await visit(page, screens.today);
    await page.getByRole("button", { name: "Мой случай другой" }).first().click();
    await page.getByRole("dialog").waitFor();
    await shoot(page, "help");
    await page.keyboard.press("Escape");
    await visit(page, screens.facts);
    await page.getByRole("button", { name: /^Это неверно/ }).first().click();
    await page.getByRole("dialog").waitFor();
    await shoot(page, "wrong");
    await page.keyboard.press("Escape");
    await visit(page, screens.settings);
    await page.getByRole("button", { name: "Стереть данные на этом устройстве" }).click();
    await page.getByRole("dialog").waitFor();
    await shoot(page, "erase");
    await page.keyboard.press("Escape");
    await visit(page, screens.path);
    await page.getByText("Что если…").click();
    await page.getByRole("combobox", { name: "Что изменилось бы" }).fill("квартира");
    await page.getByTestId("what-if").getByRole("option").first().waitFor();
    await page.getByTestId("what-if").evaluate((it) => it.scrollIntoView());
    await shoot(page, "what-if");
    await page.getByRole("combobox", { name: "Что изменилось бы" }).fill("последним рабочим");
    await page.getByTestId("what-if").getByRole("option", { name: "Какой день был последним рабочим?" }).click();
    await page.getByTestId("what-if").locator("input[type=date]").fill("2026-11-20");
    await page.getByTestId("what-if").locator("form .btn").click();
    await page.getByTestId("what-if-answer").locator("> *").first().waitFor();
    // The path above it shows what would be, too.
    await atRest(page);
    await page.getByTestId("what-if").evaluate((it) => it.scrollIntoView());
    await shoot(page, "what-if-answer");
    await visit(page, screens.calendar);
    await page.getByText("Подписка для другого календаря").click();
    await page.getByRole("button", { name: "Создать адрес" }).waitFor();
    await page.getByRole("button", { name: "Создать адрес" }).scrollIntoViewIfNeeded();
    await shoot(page, "subscription");
    await visit(page, screens.today);
    await page.getByRole("button", { name: "Принять" }).first().click();
    await page.getByTestId("undo-bar").waitFor();
    await page.evaluate(() => document.querySelector("[data-testid=undo-bar] .left").remove());
    await shoot(page, "undo");
    await page.getByRole("button", { name: "Отменить" }).click();
    await page.getByTestId("undo-bar").waitFor({ state: "hidden" });
    await page.reload();
    await visit(page, screens.today);
    await device.call("set_network", { offline: true });
    await page.getByTestId("offline-banner").waitFor();
    await shoot(page, "offline");
    await device.call("set_network", { offline: false });
    // None meets another; two wait for most of their time.
    const addresses = { ...screens, card: toCard(today.offers[0].id), document: toDocument(documents[0].id) };
    await Promise.all([
      onceMore(browser, device, addresses, shoot),
      refused(town, shoot),
      firstSync(shoot),
      (async () => {
        for (const tell of [states, besideParent, loss, late]) await tell(town, shoot);
      })(),
    ]);
  } finally {
    await device.close();
    await close();
  }
}

/** Olga's screens again, in other sizes, colours, words and letters. */
async function onceMore(browser, device, addresses, shoot) {
  const desk = await openPage(browser, device, DESK);
  await wear(desk, device, "ru", "dark");
  await visit(desk, addresses.card);
  await shoot(desk, "desk");
  await wear(desk, device, "ru", "contrast on dark");
  await visit(desk, screens.today);
  await shoot(desk, "contrast");
  await desk.context().close();
  for (const [set, { size, language, theme, letters }] of Object.entries(ONCE_MORE)) {
    const page = await openPage(browser, device, size);
    await wear(page, device, language, theme);
    if (letters) await page.addStyleTag({ content: `html { font-size: ${letters} !important }` });
    for (const name of ADDRESSED) {
      await visit(page, addresses[name]);
      await shoot(page, name, set);
      if (name === "today" && set in TOLD) await shoot(page, set);
    }
    if (letters) await opened(page, device, (name) => shoot(page, name, set));
    await page.context().close();
  }
}

/** What opens over the screens and on them, one after another. */
async function opened(page, device, shoot) {
  const hand = handOn(page);
  for (const [name, { at, within, open, close }] of Object.entries(await openings(device))) {
    if (!OPENED_LARGE.includes(name)) continue;
    await visit(page, screens.inquiries);
    await visit(page, at);
    await open(hand);
    await atRest(page);
    if (within !== "main") await page.locator(within).evaluate((it) => it.scrollIntoView());
    await page.evaluate(() => document.querySelector("[data-testid=undo-bar] .left")?.remove());
    await shoot(name);
    await close?.(hand);
  }
}

/** Nina has not said yet what the city may do for her. */
const wayIn = (town, shoot) => person(town, null, PHONE, async (page, device) => {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await shoot(page, "city");
  await device.call("connect_city", { address: town.city.url });
  await page.getByTestId("sign-in").waitFor();
  await shoot(page, "sign-in");
  await device.call("sign_in", {});
  await page.getByRole("link", { name: "Открыть страницу входа" }).waitFor();
  await shoot(page, "waiting");
  await device.call("sign_out");
  await device.signIn(lives["no-consent"].who, { decided: false });
  await page.getByTestId("consents-done").waitFor();
  await settled(page);
  await shoot(page, "first-consents");
});

/** What a screen looks like with nothing on it, before its words are there, and when it did not work. */
const states = (town, shoot) => person(town, "calm", PHONE, async (page) => {
  await visit(page, screens.today);
  await shoot(page, "calm");
  // What the other tabs show is read ahead: before the page is there, or it is known already.
  await page.route("**/rpc/path", () => {});
  await page.route("**/rpc/calendar", (route) => route.fulfill({ status: 500, json: { code: "inside", message: { ru: "", en: "" } } }));
  await page.reload();
  await page.getByTestId("calm").waitFor();
  await page.evaluate((hash) => (location.hash = hash), screens.path);
  await page.locator("[aria-busy=true]").first().waitFor();
  await shoot(page, "loading");
  await page.evaluate((hash) => (location.hash = hash), screens.calendar);
  await page.getByRole("button", { name: "Попробовать ещё раз" }).waitFor();
  await shoot(page, "failed");
});

/** Before the city has told the time, the device's own says what day it is and what is due: that is no part of the picture. */
const firstSync = (shoot) => whileFirstSyncing(PHONE, async (page) => {
  await page.addStyleTag({ content: "main :is(.head, section) { visibility: hidden }" });
  await shoot(page, "first-sync");
});

/** Nina has allowed nothing, takes a time by herself, and another was there before her. */
const refused = (town, shoot) => person(town, "no-consent", PHONE, async (page, device) => {
  const step = toCard(await bookable(device));
  await visit(page, step);
  await page.getByRole("button", { name: "Выбрать время" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Выбрать/ }).first().waitFor();
  await shoot(page, "step-times");
  await page.getByRole("button", { name: "Закрыть" }).click();
  await refuse(town.city, device);
  await visit(page, screens.today);
  await page.getByRole("note").waitFor();
  await shoot(page, "refused");
});

const late = (town, shoot) => person(town, "late", PHONE, async (page) => {
  await visit(page, screens.today);
  await page.locator("article.late").waitFor();
  await shoot(page, "late");
});

const besideParent = (town, shoot) => person(town, "daughter", PHONE, async (page) => {
  await visit(page, screens.path);
  await page.getByRole("radio", { name: "Жизнь", exact: true }).check();
  await atRest(page);
  await page.getByTestId("path-svg").scrollIntoViewIfNeeded();
  await shoot(page, "path-parent");
});

const loss = (town, shoot) => person(town, "loss", PHONE, async (page) => {
  await visit(page, screens.today);
  await page.getByText("Нам очень жаль").waitFor();
  await shoot(page, "loss");
});
