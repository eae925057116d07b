// The main job, told step by step in the real window. `teller.say(words)` tells a step, and
// `teller.show(window, name)` keeps a picture.
import assert from "node:assert/strict";
import { join } from "node:path";
import { awaitNotification, press, shown } from "./dunst.mjs";
import { operatorOf } from "./operator.mjs";
import { until } from "./paths.mjs";
import { openWindow } from "./window.mjs";

const FORBIDDEN = /рак|онко|диагноз|CEA|РЭА|маркер|\b12\b ?(ng|нг)/i;

/** A command, asked from inside the window. */
const command = (window, name, args = {}) =>
  window.run(
    `return window.__TAURI_INTERNALS__.invoke("command", { name: arguments[0], args: arguments[1] })
       .then((answer) => ({ answer }), (error) => ({ error: JSON.stringify(error) }))`,
    name,
    args,
  ).then(({ answer, error }) => {
    if (error) throw new Error(`${name}: ${error}`);
    return answer;
  });

const visitsOf = async (window) => (await command(window, "calendar")).filter((it) => it.kind === "appointment");

async function lookAround(teller, window, name) {
  for (const tab of ["today", "path", "calendar", "me"]) {
    await window.click(await window.byTestId(`tab-${tab}`));
    await new Promise((done) => setTimeout(done, 400));
    await teller.show(window, `${name}-${tab}`);
  }
  await window.click(await window.byTestId("tab-today"));
}

export async function story(teller) {
  teller.say("The window opens with the built-in demo city; Anna, 30, is signed in");
  const data = join(teller.folder, "data");
  const window = await openWindow({ env: { VEKHA_DATA_DIR: data, VEKHA_CITY: "demo", VEKHA_AUTO_SIGN_IN: "anna" } });
  try {
    const operator = await operatorOf(data);
    await until("Anna is signed in", async () => (await command(window, "session")).state === "ready", 30);
    await window.byTestId("tab-today", 20);
    await lookAround(teller, window, "quiet");

    teller.say("A laboratory sends a result above its own range");
    const before = shown().length;
    const started = Date.now();
    await operator.act("lab-result", { resident: "anna", code: "2039-6", value: 12, unit: "ng/mL", high: 5 });
    const notification = await awaitNotification((it) => it.app === "Веха" || /Веха/.test(it.summary), { after: before, seconds: 20 });
    teller.say(`A notification comes after ${Date.now() - started} ms: “${notification.body}”`);
    assert.doesNotMatch(`${notification.summary} ${notification.body}`, FORBIDDEN);
    await window.byTestId("offer-card", 10);
    await teller.show(window, "offer");

    teller.say("The network is cut; Anna accepts from the notification");
    await command(window, "set_network", { offline: true });
    press(notification, "accept");
    await window.byTestId("pending-badge", 20);
    await teller.show(window, "accepted-offline");

    teller.say("The app is killed and started again, still offline: it is all there");
    await until("the answer is kept", async () => (await command(window, "session")).waiting === 1);
    await window.restart();
    await window.byTestId("pending-badge", 20);
    const session = await command(window, "session");
    assert.equal(session.offline, true);
    await teller.show(window, "restarted-offline");

    teller.say("The network returns: the city has exactly one booked visit");
    await command(window, "set_network", { offline: false });
    await until("nothing waits any more", async () => (await command(window, "session")).waiting === 0, 40);
    const booked = await until("the visit is booked", async () => {
      const visits = (await visitsOf(window)).filter((it) => it.state === "booked" && !it.pending);
      return visits.length > 0 && visits;
    }, 20);
    assert.equal(booked.length, 1);

    teller.say("The calendar exports it under a neutral title");
    const { ics } = await command(window, "calendar_ics");
    assert.match(ics, /BEGIN:VEVENT/);
    assert.doesNotMatch(ics, FORBIDDEN);

    teller.say("Anna sees who looked at the result");
    const me = await command(window, "me");
    assert.ok(me.access.length > 0, "no access record");
    await lookAround(teller, window, "booked");
    teller.say("The story so far ends well");
  } finally {
    await window.close();
  }
}
