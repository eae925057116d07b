// The real notification daemon of scripts/headless: what it showed, and a person's finger on it.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { until } from "./paths.mjs";

/** Everything shown so far, oldest first: {id, app, summary, body, urgency, at}. */
export function shown() {
  return readFileSync(process.env.VEKHA_NOTIFICATIONS, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

/** The first notification from now on (or after the first `after` ones) that `fits`. */
export function awaitNotification(fits, { after = 0, seconds = 15 } = {}) {
  return until("a notification", () => shown().slice(after).find(fits), seconds);
}

/** Presses the action by its key ("accept"); "default" is the body of the notification. */
export function press(notification, action) {
  writeFileSync(process.env.VEKHA_NOTIFICATION_CHOICE, `[${notification.id},${action}]\n`);
  execFileSync("dunstctl", ["context"]);
}

export const pressBody = (notification) => press(notification, "default");

/** Takes away what an app that is gone has left on the screen. */
export const clearAway = () => execFileSync("dunstctl", ["close-all"]);

/** The daemon's own history (what was closed). */
export const history = () => JSON.parse(execFileSync("dunstctl", ["history"], { encoding: "utf8" })).data[0];
