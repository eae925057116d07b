// The second story: a pregnancy gives its dates, twins change them, a loss silences everything the same moment.
import assert from "node:assert/strict";
import { shown } from "./dunst.mjs";
import { until } from "./paths.mjs";
import { acceptOnCard, lookAround, play, runOf, signIn, stepOf } from "./play.mjs";

/** The worked example for a last period on 5 October 2026: a step opens and is due. */
const DATES = {
  early_flag: [null, "2026-12-28"],
  screen1: ["2026-12-21", "2027-01-11"],
  screen2: ["2027-02-15", "2027-03-01"],
  ogtt: ["2027-03-22", "2027-04-19"],
  leave: ["2027-05-03", "2027-05-03"],
  birth_cert30: ["2027-05-03", "2027-07-12"],
  screen3: ["2027-05-31", "2027-06-14"],
  due_date: ["2027-07-12", "2027-07-12"],
};
/** The calendar has what is hers to keep; the leave and the certificate are the clinic's to issue. */
const ON_THE_CALENDAR = ["screen1", "screen2", "ogtt", "screen3", "due_date"];
const WEEK = 7 * 24 * 3600_000;
const day = (moment) => moment?.slice(0, 10) ?? null;
/** As the window says a day to somebody who lives in 2026: «28 декабря», «11 января 2027». */
const spoken = (date) =>
  new Date(date).toLocaleDateString("ru-RU", { day: "numeric", month: "long", timeZone: "UTC" }) +
  (date.startsWith("2026") ? "" : ` ${date.slice(0, 4)}`);
const toCard = (step) => `#/card/${encodeURIComponent(step.id)}`;

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
  const { now } = await window.command("session");
  assert.equal(day(now), "2026-11-23");
  assert.equal((Date.parse(day(now)) - Date.parse(run.from)) / WEEK, 7, "seven weeks to the day");
  for (const [name, [opens, due]] of Object.entries(DATES)) {
    const step = stepOf(run, name);
    if (opens) assert.equal(day(step.opens), opens, `${name} opens`);
    assert.equal(day(step.due), due, `${name} is due`);
  }

  await window.tab("path");
  await window.byText("с 5 октября");
  await window.byText(`до ${spoken("2026-12-28")}`);
  for (const [name, [, due]] of Object.entries(DATES)) await saidOnCard(window, stepOf(run, name), due);
  await window.tab("calendar");
  for (const name of ON_THE_CALENDAR) {
    const [opens, due] = DATES[name];
    const under = `//*[@data-testid="agenda"]//section[.//h2[contains(normalize-space(.), "${spoken(opens)}")]]`;
    const entry = await window.first(`${name} under ${opens}`, `${under}//a[@href="${toCard(stepOf(run, name))}"]`);
    assert.ok((await window.text(entry)).includes(`до ${spoken(due)}`), `the calendar says until when ${name} may be`);
  }
  await lookAround(scene, "pregnancy");
}

/** The card of the step says its last day. */
async function saidOnCard(window, step, due) {
  await window.go(toCard(step));
  const card = `//*[@data-testid="card-detail"][.//h1[normalize-space(.) = "${step.title.ru}"]]`;
  const words = await window.text(await window.first(`the card of ${step.id}`, card));
  assert.ok(words.toLowerCase().includes(`до ${spoken(due)}`), `“${step.title.ru}” says ${due}: ${words}`);
}

async function twins(scene) {
  const { teller, window, city } = scene;
  teller.say("The ultrasound shows twins: the leave moves from 30 weeks to 28, and lasts 194 days");
  await city.act("twins", { resident: "maria", chorionicity: "dichorionic" });
  const run = await window.until("the leave has moved", async () => {
    const it = await runOf(window, "pregnancy");
    return day(stepOf(it, "leave").opens) === "2027-04-19" && it;
  }, 20);
  const leave = stepOf(run, "leave");
  assert.match(leave.title.ru, /194/);
  assert.equal(day(stepOf(run, "birth_cert30").opens), "2027-04-19", "the certificate moves with it");
  await saidOnCard(window, leave, "2027-04-19");
  await window.tab("path");
  await window.byText("194 дня");
  await lookAround(scene, "twins");
}

/** What the city holds or has booked for the pregnancy. */
const visitsOfPregnancy = async (city) =>
  (await city.visits("maria")).filter((it) => it.run?.startsWith("pregnancy:") && ["pending", "booked"].includes(it.status));

async function turnTo({ window, city }, date) {
  await city.act("clock", { set: `${date}T10:00:00+03:00` });
  await window.until("the device keeps the city's time", async () => {
    await window.command("sync");
    return (await window.command("session")).now.startsWith(date);
  }, 20);
}

/** A visit booked beyond the day of the loss: there has to be something that can be let go. */
async function booked(scene) {
  const { teller, window, city } = scene;
  teller.say("12 January: the city holds an ultrasound for the 25th, and Maria accepts it");
  await turnTo(scene, "2027-01-12");
  const [held] = await visitsOfPregnancy(city);
  assert.equal(day(held?.start), "2027-01-25", "an ultrasound is held");
  await window.go(toCard({ id: held.step }));
  await acceptOnCard(window);
  await until("it is booked", async () => (await visitsOfPregnancy(city))[0].status === "booked");
  return held;
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
  const visit = await booked(scene);
  await turnTo(scene, "2027-01-15");
  assert.deepEqual((await visitsOfPregnancy(city)).map((it) => it.id), [visit.id], "the visit stands until then");
  const onCalendar = async () => (await window.command("calendar")).some((it) => it.appointment === visit.id);
  assert.ok(await onCalendar());
  const before = await settled();
  teller.say("15 January: the pregnancy ends. Everything about it is silent the same moment");
  await city.act("pregnancy-loss", { resident: "maria", date: "2027-01-15" });
  const run = await window.until("the pregnancy is over on the device", async () => {
    const it = await runOf(window, "pregnancy");
    return ["ended", "suppressed"].includes(it?.state) && it;
  }, 20);
  const open = run.steps.filter((it) => ["open", "due_soon", "overdue", "held", "booked", "upcoming"].includes(it.state));
  assert.deepEqual(open.map((it) => it.id), [], "nothing of it is asked any more");
  assert.deepEqual(await visitsOfPregnancy(city), [], "the city has let its visits go");
  assert.ok(!(await onCalendar()), "and so has her calendar");

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
