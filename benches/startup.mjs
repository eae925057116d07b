// From process start to Today's first content from a cache of 10,000 facts, against an empty Tauri window, in one run: the two
// are opened in turn, a dozen times each, and the medians are compared. At some starts, of either, the main thread waits half
// a second for something inside WebKit and gives up: these are told, and left out. Prints one line of JSON.
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCity } from "../tests/e2e/city.mjs";
import { openNetwork } from "../tests/e2e/network.mjs";
import { program, scratch } from "../tests/e2e/paths.mjs";
import { openWindow } from "../tests/e2e/window.mjs";

const TIMES = 12;
/** Milliseconds: less than what such a start loses, more than all others differ by. */
const LOST = 400;
const FACTS = 10_000;
const { folder, remove } = scratch();

/** The driver starts this instead of the program, so that the moment of its start is known to the millisecond. */
function timed(name) {
  const script = join(folder, name.replace("/", "-"));
  writeFileSync(script, `#!/bin/bash\necho "$EPOCHREALTIME" >"${script}.began"\nexec "${program(name)}" "$@"\n`);
  chmodSync(script, 0o755);
  return { script, began: () => Number(readFileSync(`${script}.began`, "utf8").replace(",", ".")) * 1000 };
}

/** Milliseconds from the start of the process to the mark that the page sets with its first content. */
async function open({ script, began }, env, within) {
  const window = await openWindow({ binary: script, runs: within, env });
  try {
    const shown = await window.until("the first content", () =>
      window.run(`const [mark] = performance.getEntriesByName("today"); return mark && performance.timeOrigin + mark.startTime`));
    return shown - began();
  } finally {
    await window.close();
  }
}

const median = (of) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)];

const network = await openNetwork();
const city = await openCity({ folder, network });
try {
  execFileSync(program("examples/crowd"), [city.folder, "anna", FACTS]);
  const env = { VEKHA_DATA_DIR: join(folder, "device"), VEKHA_CITY: city.url };
  const first = await openWindow({ env, hand: "anna" });
  try {
    await first.click(await first.byTestId("sign-in", 30));
    await first.until("the first sync", async () => (await first.command("session")).as_of, 120);
    await city.laboratory("anna");
    await first.byTestId("offer-card", 60);
  } finally {
    await first.close();
  }
  const app = timed("vekha");
  const empty = timed("examples/empty-window");
  const took = { app: [], empty: [] };
  for (let turn = 0; turn <= TIMES; turn += 1) {
    const one = await open(empty, {}, program("examples/empty-window"));
    const other = await open(app, env, program("vekha"));
    // The first turn warms the disk's cache for both.
    if (turn === 0) continue;
    took.empty.push(one);
    took.app.push(other);
  }
  const usual = (of) => of.filter((ms) => ms < Math.min(...of) + LOST);
  const kept = { app: usual(took.app), empty: usual(took.empty) };
  const lost = 2 * TIMES - kept.app.length - kept.empty.length;
  if (Math.min(kept.app.length, kept.empty.length) < TIMES / 2) throw new Error(`half a second was lost at ${lost} of ${2 * TIMES} starts`);
  const [mine, least] = [median(kept.app), median(kept.empty)];
  console.log(JSON.stringify({ today_ms: Math.round(mine), empty_window_ms: Math.round(least), lost_half_a_second: lost, ratio: mine / least }));
  console.error(JSON.stringify(took, (_, it) => (typeof it === "number" ? Math.round(it) : it)));
} finally {
  await city.close();
  await network.cut();
  remove();
}
