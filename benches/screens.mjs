// The UI in a real browser before a real device that holds 10,000 facts: from a tap to its answer, and the frames of a picture
// of 500 steps that is brought from a lifetime to a week and back. Prints one line of JSON.
import { execFileSync } from "node:child_process";
import { openDevice, openPage, openTown } from "../tests/e2e/browser.mjs";
import { program } from "../tests/e2e/paths.mjs";
import { settled, toCard, visit } from "../tests/e2e/screens.mjs";

const FACTS = 10_000;
const STEPS = 500;
const WHO = "olga";
const DAY = 86_400_000;
/** From a lifetime to a week: 2^(0.002 · 80) times nearer with each turn. */
const WHEEL = { by: 80, turns: 90 };
const MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" ");
const quantile = (of, share) => of.toSorted((a, b) => a - b)[Math.min(of.length - 1, Math.floor(of.length * share))];

const { city, browser, close } = await openTown();
const device = await openDevice(city);
try {
  execFileSync(program("examples/crowd"), [city.folder, WHO, FACTS]);
  await city.laboratory(WHO);
  await device.signIn(WHO);
  const page = await openPage(browser, device, { width: 390, height: 844 });
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await settled(page);
  console.log(JSON.stringify({ ...(await taps(page)), ...(await frames(page)) }));
} finally {
  await device.close();
  await close();
}

/** From the press until the page shows what was asked for, in the page's own time, looked at with every frame. */
async function taps(page) {
  const worst = [];
  const tap = async (name, { from = "#/today", ready = () => {}, place, shown: sign, after = () => {} }, times = 7) => {
    const took = [];
    for (let n = 0; n < times; n += 1) {
      await visit(page, from);
      await ready();
      const what = place(n);
      const shown = typeof sign === "function" ? sign(n) : sign;
      await what.scrollIntoViewIfNeeded();
      await page.evaluate((shown) => {
        globalThis.took = new Promise((done) => addEventListener("pointerdown", ({ timeStamp }) => {
          const look = () => {
            const there = document.querySelector("main [aria-busy=true]") === null && document.querySelector(shown) !== null;
            if (there) done(performance.now() - timeStamp);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }, { once: true, capture: true }));
      }, shown);
      await what.click();
      took.push(await page.evaluate(() => globalThis.took));
      await after();
    }
    worst.push(quantile(took, 0.5));
    console.log(`${name}: ${quantile(took, 0.5).toFixed(0)} ms (${took.map(Math.round).join(" ")})`);
  };
  const tab = (name) => page.getByRole("navigation").getByRole("link", { name, exact: true });
  const button = (name) => page.getByRole("button", { name }).first();
  const me = (part) => page.locator(`main a[href='#/me/${part}']`);
  const undo = async () => {
    await button("Отменить").click();
    await page.getByTestId("undo-bar").waitFor({ state: "hidden" });
  };
  await tap("to the path", { place: () => tab("Путь"), shown: "[data-testid=path-svg]" });
  await tap("to the calendar", { place: () => tab("Календарь"), shown: "[data-testid=agenda], [data-testid=calendar-entry]" });
  await tap("to me", { place: () => tab("Я"), shown: "main a[href='#/me/facts']" });
  await tap("to the facts", { from: "#/me", place: () => me("facts"), shown: "[data-testid=fact-row]" });
  await tap("to who looked", { from: "#/me", place: () => me("access"), shown: "[data-testid=access-row]" });
  await tap("to a card", { place: () => page.locator("main a[href^='#/card/']").first(), shown: "[data-testid=card-detail]" });
  await tap("another time", {
    place: () => button("Другое время"), shown: "dialog[open]", after: () => page.keyboard.press("Escape"),
  });
  await tap("accept", { place: () => button("Принять"), shown: "[data-testid=undo-bar]", after: undo });
  await tap("not for me", { place: () => button("Не для меня"), shown: "[data-testid=undo-bar]", after: undo });
  await tap("my case is different", {
    place: () => button("Мой случай другой"), shown: "dialog[open]", after: () => page.keyboard.press("Escape"),
  });
  await tap("a month", { from: "#/calendar", place: () => page.getByRole("radio", { name: "Месяц" }), shown: "[data-testid=month]" });
  await tap("a record is called wrong", {
    from: "#/me/facts", place: () => button(/^Это неверно/), shown: "dialog[open]", after: () => page.keyboard.press("Escape"),
  });
  const themes = ["dark", "light"];
  await tap("a setting", {
    from: "#/me/settings",
    place: (n) => page.getByRole("radio", { name: ["Тёмный", "Светлый"][n % 2] }),
    shown: (n) => `html[data-theme=${themes[n % 2]}]`,
  });
  const reaches = ["suggest", "arrange"];
  await tap("a permission", {
    from: "#/me",
    ready: async () => {
      await me("consents").click();
      await page.getByTestId("consent").first().locator("summary").click();
    },
    place: (n) => page.locator(`details[open] input[value=${reaches[n % 2]}]`).first(),
    shown: (n) => `details[open] label.on input[value=${reaches[n % 2]}]`,
  });
  await tap("what if", {
    ready: async () => {
      await tab("Путь").click();
      await page.getByText("Что если…").click();
      await page.getByRole("combobox", { name: "Что изменилось бы" }).fill("квартира");
      await page.getByRole("listbox").getByRole("option").first().click();
    },
    place: () => page.getByTestId("what-if").getByRole("button", { name: "Да", exact: true }),
    shown: "[data-testid=what-if-answer] > *",
  });
  await tap("a story ends", { from: "#/path", place: () => button("Закончить эту историю"), shown: "[data-testid=undo-bar]",
    after: async () => {
      await page.waitForFunction(() => location.hash === "#/today");
      await undo();
    },
  });
  // Each can be said once only.
  const cards = (await device.call("today")).next.filter(({ action }) => ["ask", "do", "pay", "decide"].includes(action));
  await tap("a step is done", {
    from: "#/me", ready: () => visit(page, toCard(cards.shift().id)), place: () => button("Сделано"), shown: "[data-testid=undo-bar]",
    after: () => page.getByTestId("undo-bar").waitFor({ state: "hidden" }),
  }, Math.min(3, cards.length));
  return { tap_ms: Math.round(Math.max(...worst)), taps: Math.max(...worst) / 100 };
}

/** The answer of the path with as many steps as a crowded life has, around today. */
function crowded(path) {
  const now = Date.parse(path.now);
  const day = (offset) => new Date(now + offset * DAY).toISOString().slice(0, 10);
  const model = path.runs.find((run) => run.steps.length > 0 && run.forks.length > 0) ?? path.runs.find((run) => run.steps.length > 0);
  const [step] = model.steps;
  const runs = Array.from({ length: 20 }, (_, at) => {
    const from = -700 + at * 35;
    return {
      ...model,
      id: `crowd:${at}`,
      situation: `crowd-${at}`,
      state: "active",
      ended_at: null,
      from: day(from),
      to: day(from + 1000),
      steps: Array.from({ length: STEPS / 20 }, (_, n) => ({
        ...step,
        id: `crowd:${at}/${n}`,
        state: "upcoming",
        when: null,
        opens: null,
        due: day(from + n * 40),
      })),
    };
  });
  return { ...path, runs };
}

/** How many days are seen when the wheel has brought the picture as near as it does in the measured time; then all of it again. */
async function nearest(page) {
  const turn = async (by) => {
    for (let n = 0; n < WHEEL.turns; n += 1) {
      await page.mouse.wheel(0, by);
      await page.waitForTimeout(8);
    }
    await page.waitForTimeout(600);
  };
  await turn(-WHEEL.by);
  const words = await page.getByRole("status").filter({ hasText: "Видно" }).innerText();
  await turn(WHEEL.by);
  const [from, to] = [...words.matchAll(/(\d+) (\p{L}+)(?: (\d{4}))?/gu)].map(([, day, month, year = 2026]) =>
    Date.UTC(year, MONTHS.indexOf(month), day));
  return (to - from) / DAY;
}

/** The page's frames while the picture moves, against those of the same page at rest. */
async function frames(page) {
  await page.route("**/rpc/path", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: crowded(await answer.json()) });
  });
  await page.reload();
  await settled(page);
  await visit(page, "#/path");
  const picture = page.getByTestId("path-svg");
  await picture.waitFor();
  const { x } = await picture.boundingBox();
  const record = (ms) => page.evaluate((ms) => new Promise((done) => {
    const times = [];
    const begun = performance.now();
    const next = (at) => {
      times.push(at);
      if (at - begun < ms) requestAnimationFrame(next);
      else done(times.slice(1).map((one, place) => one - times[place]));
    };
    requestAnimationFrame(next);
  }), ms);
  const rest = quantile(await record(1500), 0.5);
  await page.getByRole("radio", { name: "Жизнь", exact: true }).check();
  await page.waitForTimeout(600);
  const box = await picture.boundingBox();
  await page.mouse.click(x + 8, box.y + 30);
  await page.mouse.move(x + 120, box.y + 60);
  const days = await nearest(page);
  if (days > 8) throw new Error(`the wheel brings the picture to ${days} days, not to a week`);
  const moving = record(6000);
  const ends = Date.now() + 5500;
  for (let n = 0; Date.now() < ends; n += 1) {
    await page.mouse.wheel(0, Math.floor(n / WHEEL.turns) % 2 === 0 ? -WHEEL.by : WHEEL.by);
    await page.waitForTimeout(16);
  }
  const took = await moving;
  const result = { steps: STEPS, frame_ms: quantile(took, 0.5), late_ms: quantile(took, 0.95), rest_ms: rest };
  console.log(`frames: median ${result.frame_ms.toFixed(1)}, 95 of 100 within ${result.late_ms.toFixed(1)} ms, at rest ${rest.toFixed(1)} ms`);
  return { ...result, frames: result.late_ms / Math.max(rest, 1000 / 60) };
}
