// The stories that `make run` plays, as tests: the same steps, without pictures. The way in and every screen, which it shows too,
// are gone through in window-screens.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scratch } from "./paths.mjs";
import { pregnancy } from "./pregnancy.mjs";
import { story } from "./story.mjs";

async function told(tell) {
  const { folder, remove } = scratch();
  try {
    const say = (words) => console.log(`# ${words}`);
    const measured = (what, ms, most) => {
      say(`${what}: ${ms} ms`);
      assert.ok(ms <= most, `${what}: ${ms} ms, at most ${most}`);
    };
    await tell({ folder, say, measured, show: async () => {} });
  } finally {
    remove();
  }
}

test("a result arrives, the city acts, Anna answers without network, and the outcome takes back what was ahead", { timeout: 300_000 }, () =>
  told(story));

test("a pregnancy gives its dates, twins change them, a loss silences everything", { timeout: 180_000 }, () => told(pregnancy));
