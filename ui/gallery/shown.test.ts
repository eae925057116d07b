import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

const ui = join(import.meta.dirname, "..");
const components = (folder: string): string[] =>
  readdirSync(join(ui, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".svelte"))
    .map((name) => join(folder, name));

/** Shown as what they are a part of. */
const PARTS = ["src/shared/markdown/Blocks.svelte", "src/shared/markdown/Inlines.svelte"];

test("the gallery shows every component", () => {
  const pages = components("gallery/groups").map((page) => readFileSync(join(ui, page), "utf8"));
  const shown = (path: string): boolean => {
    const name = basename(path, ".svelte");
    const brought = `import ${name} from "../../${path}";`;
    return pages.some((page) => page.includes(brought) && new RegExp(`<${name}\\b`).test(page));
  };
  const missing = ["src/shared", "src/features"]
    .flatMap(components)
    .filter((path) => !PARTS.includes(path) && !shown(path));
  expect(missing, "add them, in each of their states, to a group in ui/gallery/groups").toEqual([]);
});
