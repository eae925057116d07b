// The UI has one door out: only src/platform may import @tauri-apps/* or reach the network. The gallery has none.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const root = new URL("..", import.meta.url).pathname;
const forbidden = [
  [/from\s+["']@tauri-apps\//, "imports @tauri-apps"],
  [/import\(\s*["']@tauri-apps\//, "imports @tauri-apps"],
  [/\bfetch\s*\(/, "calls fetch"],
  [/new\s+EventSource/, "opens an EventSource"],
  [/\{@html/, "writes raw HTML"],
];

const findings = [];
for (const folder of ["src", "gallery"])
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const name = relative(root, path);
    if (!entry.isFile() || !/\.(ts|svelte)$/.test(name) || name.startsWith("src/platform/")) continue;
    const text = readFileSync(path, "utf8");
    for (const [pattern, words] of forbidden) if (pattern.test(text)) findings.push(`${name} ${words}`);
  }

if (findings.length > 0) {
  console.error(findings.join("\n"));
  console.error("Go through src/platform instead.");
  process.exit(1);
}
