import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FluentParser, type Entry } from "@fluent/syntax";
import { expect, test } from "vitest";

const root = join(process.cwd(), "src");
const parser = new FluentParser({ withSpans: false });

function entries(language: string): Entry[] {
  const folder = join(root, "i18n", language);
  return readdirSync(folder).flatMap(
    (name) => parser.parse(readFileSync(join(folder, name), "utf8")).body as Entry[],
  );
}
const keys = (language: string): string[] =>
  entries(language).flatMap((entry) =>
    entry.type === "Message" ? [(entry as { id: { name: string } }).id.name] : [],
  );

test("Russian and English say the same things", () => {
  expect(keys("en").sort()).toEqual(keys("ru").sort());
});

test("nothing is said twice, and every line is well formed", () => {
  for (const language of ["ru", "en"]) {
    const all = keys(language);
    expect(new Set(all).size).toBe(all.length);
    expect(entries(language).filter((entry) => entry.type === "Junk")).toEqual([]);
  }
});

test("every word a screen asks for exists", () => {
  const known = new Set(keys("ru"));
  const asked = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".svelte") || (name.endsWith(".ts") && !name.endsWith(".test.ts")))
    .flatMap((name) => [...readFileSync(join(root, name), "utf8").matchAll(/\bt\(\s*"([a-z][\w-]*)"/g)])
    .map((found) => found[1] ?? "");
  expect(asked.filter((key) => !known.has(key))).toEqual([]);
});
