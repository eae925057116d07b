// A person who has a keyboard and nothing else, and knows the page only as the browser's own accessibility tree tells it.
import assert from "node:assert/strict";
import { until } from "./paths.mjs";

/** What a role is called where ARIA has no word of its own for it. */
const ROLES = { DisclosureTriangle: "disclosure" };
const MOST = 90;
/** Past the last stop the focus is the browser's own. */
const NOWHERE = { role: "nowhere", name: "" };

export async function takeKeys(page) {
  const wire = await page.context().newCDPSession(page);
  await wire.send("Accessibility.enable");
  return new Keys(page, wire);
}

class Keys {
  #page;
  #wire;

  constructor(page, wire) {
    this.#page = page;
    this.#wire = wire;
  }

  /** Who has the focus: role, name, description, value and states. */
  async focus() {
    const objectId = await this.#active();
    if (objectId === undefined) return NOWHERE;
    const { nodes } = await this.#wire.send("Accessibility.getPartialAXTree", { objectId, fetchRelatives: false });
    return said(nodes[0]);
  }

  /** Presses, and tells who has the focus then; it must be seen. */
  async press(key) {
    await this.#page.keyboard.press(key);
    return this.#seen();
  }

  /** Presses without asking: what follows may take the focused thing away. */
  async act(key = "Enter") {
    await this.#page.keyboard.press(key);
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
      return this.#page.evaluate((words) => document.querySelector("[data-highlighted]")?.textContent.trim() === words, wanted);
    });
    await this.act("Enter");
  }

  type(words) {
    return this.#page.keyboard.type(words);
  }

  /** All at once, as from a clipboard. */
  paste(words) {
    return this.#page.keyboard.insertText(words);
  }

  /** The focus comes by itself to what has this role and name. */
  async isAt(role, name) {
    let stop;
    await until(`the focus is at ${inWords({ role, name })}`, async () => fits((stop = await this.focus()), role, name)).catch(
      (error) => assert.fail(`${error.message}; it is at ${stop && inWords(stop)}`),
    );
    return stop;
  }

  /** It is in the tree, for everybody to find. */
  exists(role, name) {
    return until(`${inWords({ role, name })} is there`, async () => (await this.all(role)).some((one) => fits(one, role, name)));
  }

  gone(role, name) {
    return until(`${inWords({ role, name })} is gone`, async () => !(await this.all(role)).some((one) => fits(one, role, name)));
  }

  /** Everything in the tree with this role. */
  async all(role) {
    const { result } = await this.#wire.send("Runtime.evaluate", { expression: "document" });
    const chromium = Object.entries(ROLES).find(([, ours]) => ours === role)?.[0] ?? role;
    const { nodes } = await this.#wire.send("Accessibility.queryAXTree", { objectId: result.objectId, role: chromium });
    return nodes.filter((node) => !node.ignored).map(said);
  }

  /** These words are said aloud without the focus going there. */
  hear(words) {
    const live = this.#page.getByRole("status").or(this.#page.getByRole("alert")).or(this.#page.locator("[aria-live]"));
    return live.filter({ hasText: words }).first().waitFor();
  }

  /** These words stand somewhere within what has this role and name. */
  async read(words, role = "main", name) {
    const there = this.#page.getByRole(role, { name });
    let text;
    const all = async () => (await Promise.all((await there.all()).map((one) => one.ariaSnapshot()))).join("\n");
    await until(`${inWords({ role, name })} says ${words}`, async () => matches((text = await all()), words)).catch(
      (error) => assert.fail(`${error.message}; it says:\n${text}`),
    );
    return text;
  }

  async #active() {
    const { result } = await this.#wire.send("Runtime.evaluate", {
      expression: "document.activeElement === document.body ? null : document.activeElement",
    });
    return result.objectId;
  }

  async #seen() {
    let stop;
    let fault = "";
    await until("the focus is seen", async () => {
      stop = await this.focus();
      if (stop === NOWHERE) return true;
      assert.notEqual(stop.name, "", `${stop.role} has no name`);
      const { result } = await this.#wire.send("Runtime.callFunctionOn", {
        objectId: await this.#active(),
        functionDeclaration: String(faultOf),
        returnByValue: true,
      });
      fault = result.value;
      return fault === "";
    }, 3).catch((error) => assert.fail(`${stop && inWords(stop)}: ${fault || error.cause?.message || error.message}`));
    return stop;
  }
}

function said(node) {
  const states = Object.fromEntries((node?.properties ?? []).map(({ name, value }) => [name, value.value]));
  const role = node?.role?.value ?? "none";
  return {
    role: ROLES[role] ?? role,
    name: node?.name?.value ?? "",
    description: node?.description?.value ?? "",
    value: node?.value?.value ?? "",
    ...states,
  };
}

const matches = (words, wanted) => (wanted instanceof RegExp ? wanted.test(words) : words === wanted);
const fits = (stop, role, name) => stop.role === role && (name === undefined || matches(stop.name, name));
const inWords = ({ role, name = "", disabled }) => `${role} “${name}”${disabled ? ", disabled" : ""}`;

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
