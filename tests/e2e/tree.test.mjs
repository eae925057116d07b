// Every main task by the accessibility tree alone: no place on the screen, no key, no order of stops.
import { after, before, describe, test } from "node:test";
import { openTown } from "./browser.mjs";
import { everyTask } from "./tasks/all.mjs";
import { takeTree } from "./tree.mjs";

describe("by accessibility tree alone", { concurrency: 3, timeout: 300_000 }, () => {
  let town;
  before(async () => (town = await openTown()));
  after(() => town?.close());
  everyTask(test, () => town, takeTree);
});
