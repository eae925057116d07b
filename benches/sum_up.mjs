// One table of what the benches said: node benches/sum_up.mjs FOLDER. Fails where a limit is passed or a number is missing.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const said = (name) => {
  const file = join(process.argv[2], name);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};
const worst = (of) => (of.length > 0 ? Math.max(...of) : undefined);
const line = (name) => said(name).split("\n").find((it) => it.startsWith("{"));
const startUp = line("start-up");
const screens = line("screens") && JSON.parse(line("screens"));
const city = line("city") && JSON.parse(line("city"));
const all = (name, pattern) => worst([...said(name).matchAll(pattern)].map(([, it]) => Number(it)));

const rows = [
  ["planning one resident, of the 150 µs allowed", all("planning", /µs allowed ([\d.]+)/g), 1],
  ["planning again after one fact, of the 30 µs allowed", all("planning", /allowed again ([\d.]+)/g), 1],
  ["the check-up table for one resident, of the 0.5 µs allowed", all("check-up", /table allowed ([\d.]+)/g), 1],
  ["the check-up table, of zen-engine on the same residents", all("check-up", /part of it ([\d.]+)/g), 1],
  ["a city of 1,000,000, of the 60 s allowed", city?.seconds, 1],
  ["a city of 1,000,000, of the 2 GB allowed", city?.memory, 1],
  ["a resident of 1,000,000, of one of 100,000", city?.growth, 1.2],
  ["first sync of 10,000 facts, of download and insert alone", worst([...said("first-sync").matchAll(/ratio ([\d.]+)/g)].map(([, it]) => Number(it))), 2],
  ["a tap with 10,000 facts in the store, of the 100 ms allowed", screens?.taps, 1],
  ["frames of a path of 500 steps that is zoomed, 95 of 100, of a 60th of a second", screens?.frames, 1.2],
  ["process start to Today's content from 10,000 facts, of an empty window", startUp && JSON.parse(startUp).ratio, 1.5],
];

console.log("\n=== The numbers (ratios, each measured in one run)");
for (const [what, ratio, limit] of rows) {
  const verdict = ratio === undefined ? "MISSING" : ratio <= limit ? "ok" : "TOO MUCH";
  if (verdict !== "ok") process.exitCode = 1;
  console.log(`${verdict.padEnd(9)} ${(ratio?.toFixed(ratio < 0.1 ? 3 : 2) ?? "–").padStart(6)}  (at most ${limit})  ${what}`);
}
