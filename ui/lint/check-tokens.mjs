// Sizes of letters, room and corners come from tokens.css: what is written by hand drifts apart.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const root = new URL("..", import.meta.url).pathname;
const sized =
  /(?<![-\w])((?:[a-z]+-)?(?:font-size|[a-z-]*radius|gap|padding|margin)[a-z-]*)\s*:\s*([^;{}]+);/g;
// Hairlines, shares of the window or of the letter itself stay as they are.
const byHand = /(?<![\w.-])-?(?:\d*\.)?\d+rem|(?<![\w.-])-?(?:[4-9]|\d{2,})px/;
const colour = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)\(/i;

const findings = [];
for (const entry of readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const name = relative(root, path);
  if (!entry.isFile() || name === "src/shared/tokens.css" || !/\.(css|svelte)$/.test(name)) continue;
  const text = readFileSync(path, "utf8");
  const style = name.endsWith(".css") ? text : (/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? "");
  for (const [, property, value] of style.matchAll(sized))
    if (byHand.test(value)) findings.push(`${name}: ${property}: ${value}`);
  if (colour.test(style)) findings.push(`${name} writes a colour of its own`);
}

if (findings.length > 0) {
  console.error(findings.join("\n"));
  console.error("Use the tokens of src/shared/tokens.css.");
  process.exit(1);
}
