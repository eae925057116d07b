// The stories that `make run` plays where there is no display, and then every screen once: each step is printed as it
// happens, each screen is kept as a picture under target/tour/. The steps are in story.mjs, pregnancy.mjs and every-screen.mjs,
// shared with the tests.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { everyScreen, onboarding } from "./every-screen.mjs";
import { root, scratch } from "./paths.mjs";
import { pregnancy } from "./pregnancy.mjs";
import { story } from "./story.mjs";

const pictures = join(root, "target/tour");
rmSync(pictures, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });
const begin = Date.now();
let count = 0;

const teller = {
  /** Says what happens next, in a sentence. */
  say: (words) => console.log(`${((Date.now() - begin) / 1000).toFixed(1).padStart(6)} s  ${words}`),
  measured: (what, ms) => teller.say(`${what}: ${ms} ms`),
  /** Keeps a picture of the window. */
  async show(window, name) {
    count += 1;
    await window.screenshot(join(pictures, `${String(count).padStart(2, "0")}-${name}.png`));
  },
};

for (const tell of [story, pregnancy, onboarding, everyScreen]) {
  const { folder, remove } = scratch();
  try {
    await tell({ ...teller, folder });
  } catch (error) {
    console.error(`\ntour: the story broke off here: ${error.message}`, error.cause ?? "");
    console.error("tour: the last picture in target/tour/ shows the window then. Run `make run` again; if it breaks off in the");
    console.error("tour: same place, please report it with the lines above.");
    process.exitCode = 1;
    break;
  } finally {
    remove();
  }
}
if (!process.exitCode) teller.say(`The end: ${count} pictures in target/tour/`);
