// States that a life or a line brings about, and no press of a button does.
import assert from "node:assert/strict";
import { openDevice, openPage, openTown } from "./browser.mjs";
import { openNetwork } from "./network.mjs";
import { until } from "./paths.mjs";

/** The resident whose result takes the time that another has chosen. */
const FASTER = "maria";
/** With what the city notes of each, a page of 500 changes and most of another. */
const RESULTS = 400;
const PAGE = 500;
/** Bytes a second: a page takes longer than a second, however fast the machine is; and then one can look at it for a while. */
const SLOW = 150_000;
const HARDLY = 400;

/** The step that a resident can take a time for by oneself. */
export async function bookable(device) {
  const { runs } = await device.call("path");
  for (const { id, state } of runs.flatMap((run) => run.steps))
    if (state === "open" && (await device.call("card", { id })).bookable) return id;
  assert.fail("there is a step to take a time for");
}

/** Chooses a time that the city gives away before it hears of it; the step's card tells of the refusal then. */
export async function refuse(city, device) {
  const id = await bookable(device);
  const times = await device.call("step_times", { id });
  await city.laboratory(FASTER);
  const [gone] = await until("the time is somebody else's", () => city.visits(FASTER, "pending").then((all) => all.length > 0 && all));
  const slot = times.find(({ start }) => start === gone.start);
  assert.ok(slot, `${gone.start} was free`);
  await device.call("book_step", { id, slot: slot.id, start: slot.start });
  await until("the city has refused", async () => (await device.call("card", { id })).card.pending === "refused", 40);
  return id;
}

/** A long life whose first reading comes over a slow line: for `live` from its beginning on. */
export async function firstReading({ who, name, results, options }, live) {
  const network = await openNetwork();
  const { city, browser, close } = await openTown({ network });
  const device = await openDevice(city);
  try {
    for (let n = 0; n < results; n += 1)
      await city.act("lab-result", { resident: who, code: "2823-3", value: 4.2, unit: "mmol/L", high: 5.1 });
    await device.call("connect_city", { address: city.url });
    const page = await openPage(browser, device, options);
    await page.getByTestId("sign-in").click();
    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name: "Открыть страницу входа" }).click();
    const person = (await opened).getByRole("button", { name });
    await person.waitFor();
    network.slow(SLOW);
    await person.click();
    await live({ page, device, network });
    assert.deepEqual(page.trouble, []);
  } finally {
    await device.close();
    await close();
    await network.cut();
  }
}

/** For `live` while the first page of a long life is there and the others are not. */
export const whileFirstSyncing = (options, live) =>
  firstReading({ who: "galina", name: /Галина/, results: RESULTS, options }, async ({ page, device, network }) => {
    const isPart = async () => (await device.call("session")).syncing?.done === PAGE;
    await until("the first page is there", isPart, 30);
    network.slow(HARDLY);
    await page.getByRole("progressbar").waitFor();
    await live(page, device);
    assert.ok(await isPart(), "the others are still not there");
  });
