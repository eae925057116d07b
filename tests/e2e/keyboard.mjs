// A person who has a keyboard and nothing else, and knows the page only as the browser's own accessibility tree tells it.
import assert from "node:assert/strict";
import { until } from "./paths.mjs";
import { fits, inWords, matches, NOWHERE, Reader, wireTo } from "./tree.mjs";

const MOST = 90;

export async function takeKeys(page) {
  return new Keys(page, await wireTo(page));
}

class Keys extends Reader {
  /** Presses, and tells who has the focus then; it must be seen. */
  async press(key) {
    await this.page.keyboard.press(key);
    return this.#seen();
  }

  /** Presses without asking: what follows may take the focused thing away. */
  async act(key = "Enter") {
    await this.page.keyboard.press(key);
  }

  /** Tabs to what has this role and name, and is described so where it has namesakes; fails with everything met on the way. */
  async reach(role, name, { back = false, about } = {}) {
    await this.exists(role, name);
    const met = [];
    for (let press = 0; press < MOST; press += 1) {
      const stop = await this.press(back ? "Shift+Tab" : "Tab");
      if (fits(stop, role, name) && (about === undefined || matches(stop.description, about))) return stop;
      met.push(inWords(stop));
    }
    assert.fail(`${back ? "Shift+Tab" : "Tab"} never reaches ${inWords({ role, name })}; it met:\n${met.join("\n")}`);
  }

  /** Reaches it and presses Enter. */
  async enter(role, name, how) {
    const stop = await this.reach(role, name, how);
    await this.act("Enter");
    return stop;
  }

  /** Goes to the group of radio buttons where `chosen` is checked, and by arrows to `wanted`. */
  async choose(chosen, wanted, how) {
    let stop = await this.reach("radio", chosen, how);
    const met = [];
    while (!matches(stop.name, wanted)) {
      assert.ok(stop.role === "radio" && !met.includes(stop.name), `arrows lead from ${met.join(", ")} to ${inWords(stop)}`);
      met.push(stop.name);
      stop = await this.press("ArrowDown");
    }
    return stop;
  }

  /** Looks for it among the many of a list by some letters, and goes down to it. */
  async pick(name, letters, wanted) {
    await this.reach("combobox", name);
    await this.type(letters);
    await this.exists("option", wanted);
    await until(`“${wanted}” is chosen`, async () => {
      await this.act("ArrowDown");
      return this.page.evaluate((words) => document.querySelector("[data-highlighted]")?.textContent.trim() === words, wanted);
    });
    await this.act("Enter");
  }

  /** One of the few of a list that unfolds, by arrows: it stays what it was left at. */
  async select(name, wanted) {
    let { value } = await this.reach("combobox", name);
    const met = [];
    while (value !== wanted) {
      assert.ok(!met.includes(value), `arrows lead from ${met.join(", ")} to ${value}, and never to ${wanted}`);
      met.push(value);
      ({ value } = await this.press("ArrowDown"));
    }
  }

  /** Goes to a checkbox or a switch and turns it. */
  async tick(role, name) {
    await this.reach(role, name);
    return this.press("Space");
  }

  /** Goes to a field, and puts these words in the place of what is in it. */
  async write(role, name, words, how) {
    if (!fits(await this.focus(), role, name)) await this.reach(role, name, how);
    await this.act("Control+a");
    await this.type(words);
  }

  /** What was written goes off with Enter. */
  send() {
    return this.act("Enter");
  }

  /** Out of a dialog. */
  leave() {
    return this.act("Escape");
  }

  type(words) {
    return this.page.keyboard.type(words);
  }

  async #seen() {
    let stop;
    let fault = "";
    await until("the focus is seen", async () => {
      stop = await this.focus();
      if (stop === NOWHERE) return true;
      assert.notEqual(stop.name, "", `${stop.role} has no name`);
      const { result } = await this.wire.send("Runtime.callFunctionOn", {
        objectId: await this.active(),
        functionDeclaration: String(faultOf),
        returnByValue: true,
      });
      fault = result.value;
      return fault === "";
    }, 10).catch((error) => assert.fail(`${stop && inWords(stop)}: ${fault || error.cause?.message || error.message}`));
    return stop;
  }
}

/** Runs in the page: why a sighted person would not see where the focus is, or nothing (WCAG 2.4.7, 2.4.11). */
function faultOf() {
  const outlined = [this, this.closest("label")].find((one) => {
    if (!one) return false;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
    return (outlineStyle === "auto" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2)) && !/^rgba\(.*, 0\)$/.test(outlineColor);
  });
  if (!outlined) return "the focus is not shown";
  const { left, right, top, bottom } = this.getBoundingClientRect();
  if (right - left < 2 || bottom - top < 2) return "the focused thing has no size";
  if (left < -1 || right > innerWidth + 1) return `the focused thing leaves the window sideways, ${left} to ${right}`;
  const tall = bottom - top > innerHeight / 2;
  const heights = tall ? [Math.max(top, 0) + 3] : [top + 3, (top + bottom) / 2, bottom - 3];
  for (const y of heights) {
    if (y < 0 || y > innerHeight) return `the focused thing leaves the window, ${top} to ${bottom}`;
    const hit = document.elementFromPoint((left + right) / 2, y);
    if (!hit || !(outlined.contains(hit) || hit.contains(this)))
      return `the focused thing is covered at ${y} by ${hit?.outerHTML.slice(0, 120)}`;
  }
  return "";
}
