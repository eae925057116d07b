// `make tour`: every screen's picture again, and the page docs/screens.md that shows them.
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { drawnWith, shootAll, TOLD } from "./shots.mjs";

const pictures = join(root, "docs/pictures");
for (const old of readdirSync(pictures)) if (/^(screen|wide|night|large)-/.test(old)) rmSync(join(pictures, old));
await shootAll(pictures);
writeFileSync(join(pictures, "drawn-with.txt"), drawnWith());
const parts = Object.entries(TOLD).map(([name, [title, words]]) =>
  `## ${title}\n${words}\n\n<img src="pictures/screen-${name}.png" alt="${title}" width="${["desk", "contrast"].includes(name) ? 760 : 300}">\n`);
writeFileSync(join(root, "docs/screens.md"), `# The screens
Made by \`make tour\` from the running app: a demo city, a device, a mother with a newborn. Do not edit by hand.

${parts.join("\n")}`);
console.log(`${parts.length} pictures in docs/pictures, shown by docs/screens.md`);
