// Every main task of the app. Each is done by a `hand` that has one way to do things, and finds them by role and name:
// keyboard.mjs has a keyboard, tree.mjs has what a screen reader has.
import { person } from "../browser.mjs";
import { arriving } from "./arriving.mjs";
import { asking } from "./asking.mjs";
import { me } from "./me.mjs";
import { path } from "./path.mjs";
import { steps } from "./steps.mjs";
import { visits } from "./visits.mjs";

/** Those of one resident are far from each other: some are done at the same time, before the same city. */
const tasks = [...arriving, ...steps, ...visits, ...asking, ...path, ...me];

/** `test` is told of each, `town` is asked for when it begins, and `take` gives a page into somebody's hand. */
export function everyTask(test, town, take) {
  for (const { title, life, size, live } of tasks)
    test(title, () => {
      const { city, browser } = town();
      return person(town(), life, { ...size, acceptDownloads: true }, async (page, device) =>
        live({ hand: await take(page), take, page, device, city, browser }));
    });
}
