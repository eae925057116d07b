// The story of the tour, as a test: the same steps, without pictures.
import { test } from "node:test";
import { scratch } from "./paths.mjs";
import { story } from "./story.mjs";

test("a result arrives, the city acts, Anna answers offline, and one visit is booked", { timeout: 180_000 }, async () => {
  const { folder, remove } = scratch();
  try {
    await story({ folder, say: (words) => console.log(`# ${words}`), show: async () => {} });
  } finally {
    remove();
  }
});
