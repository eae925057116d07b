// The second story: a pregnancy gives its dates, twins change them, a loss silences everything the same moment.
import assert from "node:assert/strict";
import { shown } from "./dunst.mjs";
import { lookAround, play, runOf, signIn, stepOf } from "./play.mjs";

/** The worked example for a last period on 5 October 2026: opens and due of a step. */
const DATES = {
  early_flag: [null, "2026-12-28"],
  screen1: ["2026-12-21", "2027-01-11"],
  screen2: ["2027-02-15", "2027-03-01"],
  ogtt: ["2027-03-22", "2027-04-19"],
  leave: ["2027-05-03", null],
  screen3: ["2027-05-31", "2027-06-14"],
};
const day = (moment) => moment?.slice(0, 10) ?? null;

export const pregnancy = (teller) =>
  play(teller, "maria", async (scene) => {
    teller.say("Maria, 28, is signed in");
    await signIn(scene);
    await dates(scene);
    await twins(scene);
    await loss(scene);
    teller.say("The second story ends quietly");
  });

async function dates(scene) {
  const { teller, window, city } = scene;
  teller.say("The clinic confirms a pregnancy: the path and the calendar know the dates of the months to come");
  await city.act("pregnancy", { resident: "maria", lmp: "2026-10-05", fetuses: 1 });
  const run = await window.until("the pregnancy is on the path", () => runOf(window, "pregnancy"), 20);
  for (const [name, [opens, due]] of Object.entries(DATES)) {
    const step = stepOf(run, name);
    if (opens) assert.equal(day(step.opens), opens, `${name} opens`);
    if (due) assert.equal(day(step.due), due, `${name} is due`);
  }
  await window.tab("path");
  await window.byText("28 декабря");
  await window.tab("calendar");
  const agenda = await window.text(await window.byTestId("agenda"));
  for (const words of ["28 декабря", "11 января"]) assert.ok(agenda.includes(words), `the calendar knows ${words}: ${agenda}`);
  await lookAround(scene, "pregnancy");
}

async function twins(scene) {
  const { teller, window, city } = scene;
  teller.say("The ultrasound shows twins: the leave moves from 30 weeks to 28, and lasts 194 days");
  await city.act("pregnancy", { resident: "maria", lmp: "2026-10-05", fetuses: 2 });
  const leave = await window.until("the leave has moved", async () => {
    const step = stepOf(await runOf(window, "pregnancy"), "leave");
    return day(step.opens) === "2027-04-19" && step;
  }, 20);
  assert.match(leave.title.ru, /194/);
  await window.tab("path");
  await window.byText("194 дня");
  await lookAround(scene, "twins");
}

/** How many notifications there were, once none has come for a while: what was told on the way here is not of the loss. */
async function settled() {
  for (let count = shown().length; ; count = shown().length) {
    await new Promise((done) => setTimeout(done, 1500));
    if (shown().length === count) return count;
  }
}

async function loss(scene) {
  const { teller, window, city } = scene;
  await city.act("clock", { set: "2027-01-15T10:00:00+03:00" });
  await window.until("the device keeps the city's time", async () => {
    await window.command("sync");
    return (await window.command("session")).now.startsWith("2027-01-15");
  }, 20);
  const before = await settled();
  teller.say("15 January: the pregnancy ends. Everything about it is silent the same moment");
  await city.act("pregnancy-loss", { resident: "maria", date: "2027-01-15" });
  const run = await window.until("the pregnancy is over on the device", async () => {
    const it = await runOf(window, "pregnancy");
    return ["ended", "suppressed"].includes(it?.state) && it;
  }, 20);
  const open = run.steps.filter((it) => ["open", "due_soon", "overdue", "held", "booked", "upcoming"].includes(it.state));
  assert.deepEqual(open.map((it) => it.id), [], "nothing of it is asked any more");
  for (const visit of await city.visits("maria")) {
    if (visit.run?.startsWith("pregnancy:")) assert.ok(!["pending", "booked"].includes(visit.status), `${visit.id} is let go`);
  }

  teller.say("Today is calm: condolence, and help for whoever wants it");
  await window.tab("today");
  await window.byText("Нам очень жаль");
  const today = await window.command("today");
  const cards = [...today.offers, ...today.next, ...today.late, ...today.waiting, ...today.done_by_city];
  const others = cards.filter((it) => !it.id.includes("pregnancy_loss"));
  assert.deepEqual(others.map((it) => it.title.ru), [], "nothing else is on Today");
  assert.deepEqual(today.questions, []);
  const words = await window.words();
  assert.doesNotMatch(words, /УЗИ|обследование|пособие|роддом|двойня|малыш|194/i);
  await teller.show(window, "loss-today");
  // Whatever would be told is told within a sync; a while longer, and nothing else came.
  await new Promise((done) => setTimeout(done, 3000));
  const told = shown().slice(before).map((it) => it.body);
  assert.ok(told.length <= 1 && told.every((it) => it.includes("Поддержка для вас")), `nothing is told but help: ${told}`);
  await lookAround(scene, "loss");
}
