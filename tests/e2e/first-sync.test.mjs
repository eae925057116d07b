// A long life over a slow line: the first reading takes a while, and the browser says how far it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "./paths.mjs";
import { firstReading } from "./states.mjs";

/** With what the city notes of each, three pages of 500 changes. */
const RESULTS = 600;
const ANNA = { who: "anna", name: /Анна/, results: RESULTS };
const CALM = "Всё идёт своим чередом";

test("the first reading of a long life shows how much of it is there, and calls nothing calm before its end", { timeout: 120_000 }, () =>
  firstReading(ANNA, async ({ page, device }) => {
    const bar = page.getByRole("progressbar", { name: "Получаем ваши данные" });
    await bar.waitFor();
    assert.doesNotMatch(await page.locator("body").innerText(), new RegExp(`${CALM}|anna`), "nobody knows yet");
    const counted = async (done) => {
      const { words, total } = await until(`${done} are there`, async () => {
        const it = await bar.evaluate((bar) => ({ words: bar.parentElement.innerText, done: bar.value, total: bar.max }));
        return it.done === done && it;
      });
      assert.ok(words.replace(/\s/g, "").endsWith(`Получено${done}из${total}`), `the words say what the bar shows: ${words}`);
      assert.equal(await page.getByText(CALM).count(), 0, "not all is known yet");
      return total;
    };
    const total = await counted(500);
    assert.ok(total > 2 * RESULTS, `every result, and who looked at it: ${total}`);
    assert.equal(await counted(1000), total);
    await bar.waitFor({ state: "hidden" });
    await page.getByRole("heading", { name: /Анна/ }).waitFor();
    await page.getByText(CALM).waitFor();
    const known = await device.call("facts");
    const results = known.flatMap((it) => it.facts).filter((it) => it.title.ru === "Результат анализа");
    assert.equal(results.length, RESULTS, "all of it is there");
  }));
