// A long life over a slow line: the first reading takes a while, and the browser says how far it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openDevice, openPage, openTown } from "./browser.mjs";
import { openNetwork } from "./network.mjs";
import { until } from "./paths.mjs";

/** With what the city notes of each, three pages of 500 changes. */
const RESULTS = 600;
/** Bytes a second: a page takes longer than a second, however fast the machine is. */
const SLOW = 150_000;
const CALM = "Всё идёт своим чередом";

test("the first reading of a long life shows how much of it is there, and calls nothing calm before its end", { timeout: 120_000 }, async () => {
  const network = await openNetwork();
  const { city, browser, close } = await openTown({ network });
  const device = await openDevice(city);
  try {
    for (let n = 0; n < RESULTS; n += 1)
      await city.act("lab-result", { resident: "anna", code: "2823-3", value: 4.2, unit: "mmol/L", high: 5.1 });
    await device.call("connect_city", { address: city.url });
    const page = await openPage(browser, device);
    await page.getByRole("button", { name: "Войти" }).click();
    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name: "Открыть страницу входа" }).click();
    const anna = (await opened).getByRole("button", { name: /Анна/ });
    await anna.waitFor();
    network.slow(SLOW);
    await anna.click();

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
    assert.deepEqual(page.trouble, []);
  } finally {
    await device.close();
    await close();
    await network.cut();
  }
});
