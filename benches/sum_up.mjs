// One table of what the benches said: node benches/sum_up.mjs FOLDER. Fails where a limit is passed or a number is missing.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const said = (name) => {
  const file = join(process.argv[2], name);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};
const worst = (of) => (of.length > 0 ? Math.max(...of) : undefined);
const startUp = said("start-up").split("\n").find((line) => line.startsWith("{"));

const rows = [
  ["planning one resident, of the 200 µs allowed", worst([...said("planning").matchAll(/µs allowed ([\d.]+)/g)].map(([, it]) => Number(it))), 1],
  ["first sync of 10,000 facts, of download and insert alone", worst([...said("first-sync").matchAll(/ratio ([\d.]+)/g)].map(([, it]) => Number(it))), 2],
  ["process start to Today's content, of an empty window", startUp && JSON.parse(startUp).ratio, 1.5],
];

console.log("\n=== The numbers (ratios, each measured in one run)");
for (const [what, ratio, limit] of rows) {
  const verdict = ratio === undefined ? "MISSING" : ratio <= limit ? "ok" : "TOO MUCH";
  if (verdict !== "ok") process.exitCode = 1;
  console.log(`${verdict.padEnd(9)} ${(ratio?.toFixed(2) ?? "–").padStart(6)}  (at most ${limit})  ${what}`);
}
