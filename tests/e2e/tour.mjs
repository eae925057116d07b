// The story that `make run` plays where there is no display: each step is printed as it happens, each
// screen is kept as a picture under target/tour/. The steps are in story.mjs, shared with the tests.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, scratch } from "./paths.mjs";
import { story } from "./story.mjs";

const pictures = join(root, "target/tour");
rmSync(pictures, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });
const begin = Date.now();
const { folder, remove } = scratch();
let count = 0;

const teller = {
  folder,
  /** Says what happens next, in a sentence. */
  say: (words) => console.log(`${((Date.now() - begin) / 1000).toFixed(1).padStart(6)} s  ${words}`),
  /** Keeps a picture of the window. */
  async show(window, name) {
    count += 1;
    await window.screenshot(join(pictures, `${String(count).padStart(2, "0")}-${name}.png`));
  },
};

try {
  await story(teller);
  teller.say(`The end: ${count} pictures in target/tour/`);
} catch (error) {
  console.error("tour: the story broke off here:", error);
  process.exitCode = 1;
} finally {
  remove();
}
