// The main job, told step by step in the real window against a real city behind a real wire.
import assert from "node:assert/strict";
import { awaitNotification, press, pressBody, shown } from "./dunst.mjs";
import { until } from "./paths.mjs";
import { acceptOnCard, everythingSent, lookAround, moment, play, runOf, signIn, stepOf } from "./play.mjs";

const FORBIDDEN = /рак(?![а-яё])|онко|диагноз|CEA|РЭА|маркер|cancer|onco|\b12\b ?(ng|нг)/i;
const PAPERS = {
  register: "Постановка под наблюдение врача",
  diet: "Питание и подготовка по назначению врача",
  material: "Результат важно обсудить с врачом",
};
/**
 * The promise is a second on one machine, from the laboratory's first byte until the daemon has the notification, in ms.
 * Measured with debug programs on two cores: 13 to 28 with nothing else to do, 30 to 200 with two busy programs to a core
 * and a disk that never rests, 320 to 520 with six to a core. So the test holds to the second itself: a busy machine has
 * room in it, a lost wake-up (the next look is a quarter of an hour away) and a second try after a failure do not. What it
 * would not notice is one pause of less than half a second.
 */
const NOTICED = 1000;
const SPECIALIST = "Консультация специалиста";
const RESULT = "Результат анализа";
const PLANNER = { who: "Программа города", purpose: "подготовка визитов и документов" };
const visitsOf = async (window) => (await window.command("calendar")).filter((it) => it.kind === "appointment");
const offerOf = (words) => `//*[@data-testid="offer-card"][.//*[contains(normalize-space(.), "${words}")]]`;
const resultRun = (window) => runOf(window, "onco_suspicion");

export const story = (teller) =>
  play(teller, "anna", async (scene) => {
    await arrive(scene);
    const notification = await result(scene);
    await answerWithoutNetwork(scene, notification);
    await scene.network.mend();
    await bookedOnce(scene);
    await referral(scene);
    await readWithoutNetwork(scene);
    await nothingDangerous(scene);
    teller.say("The first story ends well");
  });

async function arrive(scene) {
  scene.teller.say("The window opens and knows its city; Anna, 30, signs in through the browser");
  await signIn(scene);
  await lookAround(scene, "quiet");
}

async function result({ teller, window, city }) {
  teller.say("A laboratory sends a result above its own range, as a FHIR Observation");
  const before = shown().length;
  const sent = await city.laboratory("anna");
  const notification = await awaitNotification((it) => /Веха/.test(it.app + it.summary), { after: before, seconds: 20 });
  teller.say(`The notification: “${notification.body}”`);
  teller.measured("From the laboratory's first byte to the notification", Date.parse(notification.at) - sent, NOTICED);
  assert.doesNotMatch(`${notification.summary} ${notification.body}`, FORBIDDEN);

  const [held, ...more] = await city.visits("anna", "pending");
  assert.equal(more.length, 0, "one time is held, not more");
  assert.equal(held.service, "adult_clinic");
  assert.match(held.step, /^onco_suspicion:.+\/gp$/, "it is the visit to the GP");
  const { now } = await city.state();
  const ahead = moment(held.start) - moment(now);
  assert.ok(ahead > 0 && ahead < 24 * 3600_000, `within 24 hours of ${now}: ${held.start}`);
  await window.byTestId("offer-card", 10);
  await teller.show(window, "offer");
  return notification;
}

async function answerWithoutNetwork(scene, notification) {
  const { teller, window, network } = scene;
  teller.say("The network is cut; Anna accepts from the notification");
  await network.cut();
  press(notification, "accept");
  await window.byTestId("pending-badge", 20);
  await window.byText("ждёт отправки");
  await window.byTestId("offline-banner", 20);
  await teller.show(window, "accepted-without-network");

  teller.say("The app is killed and started again, still without network: it is all there");
  await window.restart();
  await window.byTestId("pending-badge", 20);
  await window.byTestId("offline-banner", 20);
  assert.equal((await window.command("session")).waiting, 1);
  await lookAround(scene, "restarted-without-network");
}

async function bookedOnce(scene) {
  const { teller, window, city } = scene;
  teller.say("The network returns: the city has exactly one booked visit, and so has the device");
  await everythingSent(window);
  assert.equal((await city.visits("anna")).length, 1, "one visit, asked of the city");
  assert.equal((await city.visits("anna", "booked")).length, 1, "it is booked");
  const mine = await window.until("the device knows it is booked", async () => {
    const visits = await visitsOf(window);
    return visits.every((it) => it.state === "booked" && !it.pending) && visits;
  });
  assert.equal(mine.length, 1);

  teller.say("The calendar exports it under a neutral title");
  const { text: ics } = await window.command("calendar_ics");
  assert.equal(ics.match(/BEGIN:VEVENT/g)?.length, 1);
  assert.doesNotMatch(ics, FORBIDDEN);

  teller.say("Anna sees who looked at the result: the city's program, to prepare the visit, and nobody else");
  await looked(window, [PLANNER]);
  await teller.show(window, "who-looked");
  await lookAround(scene, "booked");
}

/** Whoever looked at the result, as the device knows it and as the window says it. */
async function looked(window, readers) {
  await window.until("it is known who looked at the result", async () => {
    const access = await window.command("access");
    const ofResult = access.filter((it) => it.fact?.ru === RESULT).map((it) => `${it.who.ru}, ${it.purpose.ru}`);
    return ofResult.sort().join("; ") === readers.map((it) => `${it.who}, ${it.purpose}`).sort().join("; ");
  });
  await window.tab("me");
  await window.go("#/me/access");
  for (const { who, purpose } of readers) {
    const row = `//*[@data-testid="access-row"][.//strong[normalize-space(.) = "${who}"]][.//p[normalize-space(.) = "Зачем: ${purpose}"]]`;
    assert.match(await window.text(await window.first(`${who} in the access record`, row)), new RegExp(`Что: .*${RESULT}`));
  }
}

async function referral({ teller, window, city }) {
  teller.say("The visit takes place. The next morning the doctor refers her: a specialist is held within 3 working days");
  const [visit] = await city.visits("anna", "booked");
  const { practitioner } = (await window.command("card", { id: visit.step })).card;
  await city.act("fulfil-visit", { appointment: visit.id });
  await looked(window, [PLANNER, { who: practitioner.ru, purpose: "приём" }]);
  await teller.show(window, "the-doctor-looked");
  await window.tab("today");
  await city.act("clock", { set: "2026-11-24T09:30:00+03:00" });
  const before = shown().length;
  await city.act("outcome", { resident: "anna", kind: "care.referral", fields: { to: "caop" } });
  const held = await until("the specialist is held", async () =>
    (await city.visits("anna", "pending")).find((it) => it.service === "caop"));
  // Referred on Tuesday: Wednesday, Thursday, Friday.
  assert.ok(held.start >= "2026-11-24" && held.start < "2026-11-28", `${held.start} is within 3 working days of 24 November`);
  await window.first("the offer of the specialist", offerOf(SPECIALIST), 20);
  await window.until("the device knows the same last day, Friday the 27th", async () =>
    stepOf(await resultRun(window), "onco").due?.startsWith("2026-11-27"));
  await teller.show(window, "specialist-offered");

  teller.say("She presses the notification itself: the window shows the card, and she accepts there");
  const notification = await awaitNotification((it) => it.body.includes("Приём у врача"), { after: before, seconds: 20 });
  assert.doesNotMatch(`${notification.summary} ${notification.body}`, FORBIDDEN);
  pressBody(notification);
  await window.until("the window is at the card", async () =>
    (await window.run("return decodeURIComponent(location.hash)")) === `#/card/${held.step}`);
  const card = `//*[@data-testid="card-detail"][.//h1[contains(normalize-space(.), "${SPECIALIST}")]]`;
  const words = await window.text(await window.first("the card of the specialist", card));
  assert.ok(words.includes(held.start.slice(11, 16)), `the card says when, ${held.start}: ${words}`);
  assert.match(words, /Почему это вам/);
  await teller.show(window, "specialist-card-from-the-notification");
  await acceptOnCard(window);
  await until("the specialist is booked", async () => (await city.visits("anna", "booked")).some((it) => it.id === held.id));
  await teller.show(window, "specialist-booked");
  await city.act("clock", { set: new Date(moment(held.start) + 3600_000).toISOString() });
  await city.act("fulfil-visit", { appointment: held.id });
}

async function readWithoutNetwork({ teller, window, city, network }) {
  teller.say("After the visit: the register entry, the diet sheet a doctor signed, and the materials arrive");
  await city.act("outcome", { resident: "anna", kind: "diagnosis", fields: { code: "D12.6", malignant: false } });
  await city.act("outcome", {
    resident: "anna",
    kind: "diet.prescribed",
    fields: { name: "Щадящее питание", text: "Пять раз в день, без жареного. Воды не меньше полутора литров.", signed_by: "А. Р. Сафина" },
  });
  await window.until("register entry, diet sheet and materials are on the device", async () => {
    const { documents } = await window.command("me");
    return Object.values(PAPERS).every((title) => documents.some((it) => it.title.ru === title));
  }, 20);

  teller.say("The network is cut: everything is there to read");
  await network.cut();
  await window.byTestId("offline-banner", 20);
  const { documents } = await window.command("me");
  await window.tab("me");
  await window.go("#/me/documents");
  await window.byText(documents[0].title.ru);
  await teller.show(window, "documents-without-network");
  for (const { id, title, signed_by: signed } of documents) {
    await window.go(`#/document/${encodeURIComponent(id)}`);
    await window.byText(title.ru);
    const words = await window.text(await window.byTestId("document"));
    assert.ok(words.length > 150, `“${title.ru}” has something to read: ${words}`);
    if (title.ru === PAPERS.diet) {
      assert.equal(signed, "А. Р. Сафина");
      assert.match(words, /Пять раз в день/);
      await teller.show(window, "diet-sheet-without-network");
    }
    if (title.ru === PAPERS.register) await teller.show(window, "register-entry-without-network");
  }
  await network.mend();
}

async function nothingDangerous(scene) {
  const { teller, window, city } = scene;
  teller.say("The network is back, and the outcome is “benign”: what was ahead is cancelled");
  await city.act("outcome", { resident: "anna", kind: "onco.outcome", fields: { result: "benign" } });
  const run = await window.until("the run has ended well", async () => {
    const it = await resultRun(window);
    return it.forks.some((fork) => fork.fork === "benign" && fork.taken === "yes") && it;
  }, 60);
  const ahead = run.steps.filter((it) => !it.fork && !["done", "cancelled", "not_applicable"].includes(it.state));
  assert.deepEqual(ahead, [], "nothing of it is left to do");
  for (const name of ["biopsy", "imaging", "treat"])
    assert.equal(stepOf(run, name).state, "cancelled", name);
  const kept = (await city.visits("anna")).filter((it) => ["pending", "booked"].includes(it.status) && it.service === "caop");
  assert.deepEqual(kept, [], "no time is held at the centre any more");

  teller.say("The path shows the branch that was taken and the branch that was not");
  await window.tab("path");
  await window.byTestId("path-svg");
  await window.until("both branches are drawn", () =>
    window.run(`return ["taken", "unneeded"].every((it) => document.querySelector('[data-testid="path-svg"] path.branch.' + it))`));
  await teller.show(window, "path-branches");
  await window.byText("Так и случилось");
  await window.byText("Опасного не найдено");
  await window.click(await window.byTestId("branch-not-taken"));
  await teller.show(window, "path-branches-as-a-list");
  await lookAround(scene, "over");
}
