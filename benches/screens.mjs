// The UI in a real browser before a real device that holds 10,000 facts: from a tap to its answer (taps.mjs), and the frames of
// a picture of 500 steps that is brought from a lifetime to a week and back. Prints one line of JSON.
import { execFileSync } from "node:child_process";
import { openDevice, openPage, openTown } from "../tests/e2e/browser.mjs";
import { program } from "../tests/e2e/paths.mjs";
import { settled, visit } from "../tests/e2e/screens.mjs";
import { measureOn, quantile } from "./measure.mjs";
import { leave, taps } from "./taps.mjs";

const FACTS = 10_000;
const STEPS = 500;
const WHO = "olga";
const DAY = 86_400_000;
/** From a lifetime to a week: 2^(0.002 · 80) times nearer with each turn. */
const WHEEL = { by: 80, turns: 90 };
const MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" ");

const { city, browser, close } = await openTown();
const device = await openDevice(city);
try {
  execFileSync(program("examples/crowd"), [city.folder, WHO, FACTS]);
  await city.laboratory(WHO);
  await device.signIn(WHO);
  const page = await openPage(browser, device, { width: 390, height: 844 });
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await settled(page);
  const { tap, sum } = measureOn(page);
  const stage = { page, device, city, who: WHO, tap };
  await taps(stage);
  const drawn = await frames(page);
  await leave(stage);
  console.log(JSON.stringify({ ...sum(), ...drawn }));
} finally {
  await device.close();
  await close();
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
