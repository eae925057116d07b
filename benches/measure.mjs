// From the press until the page shows what was asked for, in the page's own time, looked at with every frame.
import { visit } from "../tests/e2e/screens.mjs";

const LIMIT = 100;
/** Milliseconds: who opens a screen for the first time looks at it before they press anything. */
const LOOK = 1000;
export const quantile = (of, share) => of.toSorted((a, b) => a - b)[Math.min(of.length - 1, Math.floor(of.length * share))];

/** What takes the time of presses on this page, and keeps it. */
export function measureOn(page) {
  const held = [];
  let wire;

  /**
   * Presses `place` some times, each time `from` there and made `ready`, and waits until `shown`, a selector, is there: with
   * nothing in the page still loading unless `partly`; in other words than before if `changed`. A `key` is pressed in place of
   * a finger. What is not `ours` waits for the city: it is told, and held to nothing.
   */
  async function tap(name, { from, ready = () => {}, place, shown, partly, changed, key, after = () => {}, ours = true }, times = 7) {
    const took = [];
    for (let n = 0; n < times; n += 1) {
      if (from !== undefined) await visit(page, from);
      await hush();
      await ready(n);
      if (n === 0) await page.waitForTimeout(LOOK);
      const what = place(n);
      await what.scrollIntoViewIfNeeded();
      if (key) await what.focus();
      const sign = { selector: typeof shown === "function" ? shown(n) : shown, partly, changed, press: key ? "keydown" : "pointerdown" };
      await page.evaluate(watch, sign);
      await (key ? strike(key(n)) : what.click());
      took.push(await page.evaluate(() => globalThis.took));
      await after(n);
    }
    if (ours) held.push({ name, took });
    console.log(`${name}: ${quantile(took, 0.5).toFixed(0)} ms (${took.map(Math.round).join(" ")})${ours ? "" : ", from the city: held to nothing"}`);
  }

  /** Of keyboards only the Latin one is known by name: a letter of another is sent as what it types. */
  async function strike(key) {
    if (key.length > 1) return page.keyboard.press(key);
    wire ??= await page.context().newCDPSession(page);
    await wire.send("Input.dispatchKeyEvent", { type: "keyDown", key, text: key });
    await wire.send("Input.dispatchKeyEvent", { type: "keyUp", key });
  }

  /** What was said of the last press is not taken for an answer to the next. */
  async function hush() {
    const said = page.getByTestId("said");
    if (!(await said.isVisible())) return;
    await said.getByRole("button").click();
    await said.waitFor({ state: "hidden" });
  }

  return {
    tap,
    /**
     * In milliseconds and of those allowed: of each tap the worst press but one, and of all first presses, which are made most
     * often and have nothing warmed up, the worst but one in twenty; a machine that does something else for a moment is no
     * resident's. Every press over the limit is named.
     */
    sum() {
      const presses = held.flatMap(({ name, took }) => took.map((ms) => ({ name, ms })));
      for (const { name, ms } of presses) if (ms > LIMIT) console.log(`over ${LIMIT} ms: ${name}, ${ms.toFixed(0)} ms`);
      const firsts = held.map(({ took }) => took[0]);
      const each = held.map(({ took }) => took.toSorted((a, b) => b - a)[took.length > 1 ? 1 : 0]);
      const [first, worst] = [quantile(firsts, 0.95), Math.max(...each)];
      console.log(`${held.length} taps, ${presses.length} presses: the worst but one of a tap ${worst.toFixed(0)} ms, 95 of 100 first ones within ${first.toFixed(0)} ms`);
      return { tap_ms: Math.round(Math.max(first, worst)), taps: Math.max(first, worst) / LIMIT };
    },
  };
}

/** Runs in the page. What is there before the press is no answer to it: then the bench would measure nothing. */
function watch({ selector, partly, changed, press }) {
  const words = () => document.querySelector(selector)?.textContent.trim();
  const before = words();
  if (!changed && before !== undefined) throw new Error(`${selector} is there before the press`);
  globalThis.took = new Promise((done, fail) => addEventListener(press, ({ timeStamp }) => {
    const look = () => {
      const now = words();
      const loading = !partly && document.querySelector("main [aria-busy=true]") !== null;
      if (!loading && now !== undefined && (!changed || (now !== "" && now !== before))) done(performance.now() - timeStamp);
      else if (performance.now() - timeStamp > 15_000) fail(new Error(`${selector} never came`));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, { once: true, capture: true }));
}
