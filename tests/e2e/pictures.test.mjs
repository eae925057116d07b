// Every screen still looks as its picture in docs/pictures does; `make tour` takes the pictures again. Another browser or other
// letters draw other pictures: there nothing is compared.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { root, scratch } from "./paths.mjs";
import { drawnWith, FILES, shootAll } from "./shots.mjs";

/** So much of a picture may differ: the digits of a minute that passes. */
const SHARE = 0.002;

const read = (folder, name) => PNG.sync.read(readFileSync(join(folder, name)));

/** Which part of two pictures is not the same; all of it where they are not of one size. */
function difference(one, other) {
  const { width, height } = one;
  if (width !== other.width || height !== other.height) return 1;
  return pixelmatch(one.data, other.data, undefined, width, height, { threshold: 0.2 }) / (width * height);
}

test("two screens that are not the same are told apart", () => {
  const kept = join(root, "docs/pictures");
  assert.equal(difference(read(kept, "screen-today.png"), read(kept, "screen-today.png")), 0);
  assert.ok(difference(read(kept, "screen-today.png"), read(kept, "screen-calm.png")) > SHARE);
});

test("every screen looks as in docs/screens.md", { timeout: 300_000 }, async (t) => {
  const theirs = readFileSync(join(root, "docs/pictures/drawn-with.txt"), "utf8");
  if (theirs !== drawnWith()) return t.skip(`the pictures were drawn with\n${theirs}here it is\n${drawnWith()}`);
  const { folder, remove } = scratch();
  try {
    await shootAll(folder);
    const kept = join(root, "docs/pictures");
    const changed = FILES
      .map((name) => [name, difference(read(kept, name), read(folder, name))])
      .filter(([, share]) => share > SHARE)
      .map(([name, share]) => `${name}: ${(share * 100).toFixed(1)} %`);
    if (changed.length > 0) cpSync(folder, join(root, "target/pictures"), { recursive: true });
    assert.deepEqual(changed, [], "look at them in target/pictures; if they are meant to be so, run make tour and commit the pictures");
  } finally {
    remove();
  }
});
