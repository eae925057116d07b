// What a resident's device has to read before anything is seen stays small: dist, as it travels.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const LIMIT = 250_000;
const dist = new URL("../dist", import.meta.url).pathname;
if (!existsSync(join(dist, "index.html"))) {
  console.error("ui/dist is not there; build it first: npm --prefix ui run build");
  process.exit(1);
}

const sizes = readdirSync(dist, { recursive: true })
  .filter((name) => /\.(js|css|html)$/.test(name))
  .map((name) => [name, gzipSync(readFileSync(join(dist, name))).length])
  .sort(([, a], [, b]) => b - a);
const whole = sizes.reduce((sum, [, size]) => sum + size, 0);
const words = (size) => `${(size / 1000).toFixed(1)} KB`;

if (whole > LIMIT) {
  console.error(`The app's bundle has grown to ${words(whole)} gzipped; ${words(LIMIT)} is the limit:`);
  console.error(sizes.map(([name, size]) => `  ${words(size).padStart(9)}  ${name}`).join("\n"));
  console.error("Leave out what it does not need, or load it later.");
  process.exit(1);
}
console.log(`The app's bundle: ${words(whole)} gzipped, of ${words(LIMIT)}.`);
