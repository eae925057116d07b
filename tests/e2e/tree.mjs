// The page as the browser's own accessibility tree tells it, and a person who has nothing but that: everything is found by role
// and name, and pressed, chosen and written the way a screen reader or a voice asks the browser to.
import assert from "node:assert/strict";
import { until } from "./paths.mjs";

/** What a role is called where ARIA has no word of its own for it. */
const ROLES = { DisclosureTriangle: "disclosure" };
/** Past the last stop the focus is the browser's own. */
export const NOWHERE = { role: "nowhere", name: "" };

export async function takeTree(page) {
  return new Tree(page, await wireTo(page));
}

export async function wireTo(page) {
  const wire = await page.context().newCDPSession(page);
  await wire.send("Accessibility.enable");
  return wire;
}

/** Reads, and knows where the focus is. */
export class Reader {
  page;
  wire;

  constructor(page, wire) {
    this.page = page;
    this.wire = wire;
  }

  /** Who has the focus: role, name, description, value and states. */
  async focus() {
    const objectId = await this.active();
    if (objectId === undefined) return NOWHERE;
    const { nodes } = await this.wire.send("Accessibility.getPartialAXTree", { objectId, fetchRelatives: false });
    return said(nodes[0]);
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
    const { result } = await this.wire.send("Runtime.evaluate", { expression: "document" });
    const chromium = Object.entries(ROLES).find(([, ours]) => ours === role)?.[0] ?? role;
    const { nodes } = await this.wire.send("Accessibility.queryAXTree", { objectId: result.objectId, role: chromium });
    return nodes.filter((node) => !node.ignored).map(said);
  }

  /** These words are said aloud without the focus going there. */
  hear(words) {
    const live = this.page.getByRole("status").or(this.page.getByRole("alert")).or(this.page.locator("[aria-live]"));
    // Also words that only the ear gets, which have no place on the screen.
    return live.filter({ hasText: words }).first().waitFor({ state: "attached" });
  }

  /** These words stand somewhere within what has this role and name. */
  async read(words, role = "main", name) {
    const there = this.page.getByRole(role, { name });
    let text;
    const all = async () => (await Promise.all((await there.all()).map((one) => one.ariaSnapshot()))).join("\n");
    await until(`${inWords({ role, name })} says ${words}`, async () => matches((text = await all()), words)).catch(
      (error) => assert.fail(`${error.message}; it says:\n${text}`),
    );
    return text;
  }

  async active() {
    const { result } = await this.wire.send("Runtime.evaluate", {
      expression: "document.activeElement === document.body ? null : document.activeElement",
    });
    return result.objectId;
  }
}

class Tree extends Reader {
  /** What has this role and name, and is described so where it has namesakes, gets the focus; nobody else may be taken for it. */
  async reach(role, name, { about } = {}) {
    let found;
    await until(`${inWords({ role, name })} can be told from all others`, async () => (found = await this.#find(role, name, about))).catch(
      async (error) => assert.fail(`${error.message}; ${error.cause?.message ?? `there are:\n${(await this.all(role)).map(inWords).join("\n")}`}`),
    );
    await this.wire.send("DOM.focus", { backendNodeId: found.backendDOMNodeId });
    return said(found);
  }

  async enter(role, name, how) {
    const stop = await this.reach(role, name, how);
    await this.act();
    return stop;
  }

  /**
   * The default action of what has the focus. The protocol cannot ask for it, but it is no secret what the browser does when a
   * screen reader does: the focus, a person's leave to open windows, and a click of its own, without a place on the screen.
   */
  act() {
    return this.#do("function () { this.click(); }");
  }

  async tick(role, name) {
    await this.enter(role, name);
    return this.focus();
  }

  /** In the group of radio buttons where `chosen` is checked. */
  async choose(chosen, wanted) {
    const to = await until(`a radio button ${wanted} stands with ${chosen}, which is checked`, () => this.#beside(chosen, wanted));
    await this.wire.send("DOM.focus", { backendNodeId: to.backendDOMNodeId });
    await this.act();
    return this.focus();
  }

  async pick(name, letters, wanted) {
    await this.write("combobox", name, letters);
    await this.exists("option", wanted);
    const option = await this.#find("option", wanted);
    const { object } = await this.wire.send("DOM.resolveNode", { backendNodeId: option.backendDOMNodeId });
    await this.#do("function () { this.click(); }", object.objectId);
  }

  /** One of the few of a list; the browser tells the page of it as if a person had pointed at it. */
  async select(name, wanted) {
    await this.reach("combobox", name);
    await this.#do(`function () {
      this.value = [...this.options].find((one) => one.label === ${JSON.stringify(wanted)}).value;
      for (const type of ["input", "change"]) this.dispatchEvent(new Event(type, { bubbles: true }));
    }`);
  }

  async write(role, name, words) {
    await this.reach(role, name);
    await this.#do("function () { this.select(); }");
    await this.page.keyboard.insertText(words);
  }

  /** By the button that is named: nobody has said that it can be done without. */
  send(button) {
    return this.enter("button", button);
  }

  leave() {
    return this.enter("button", "Закрыть");
  }

  async #do(functionDeclaration, objectId) {
    objectId ??= await this.active();
    await this.wire.send("Runtime.callFunctionOn", { objectId, functionDeclaration, userGesture: true });
  }

  async #all() {
    const { nodes } = await this.wire.send("Accessibility.getFullAXTree");
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const above = (node) => {
      const up = byId.get(node.parentId);
      return up === undefined ? [] : [up, ...above(up)];
    };
    return { nodes, above };
  }

  async #beside(chosen, wanted) {
    const { nodes, above } = await this.#all();
    const groupOf = (node) => above(node).find((one) => /^(radiogroup|group)$/.test(one.role?.value));
    const radios = nodes.filter((node) => !node.ignored && node.role?.value === "radio");
    const from = radios.find((node) => said(node).checked === "true" && (chosen === undefined || matches(said(node).name, chosen)));
    return from && radios.find((node) => groupOf(node) === groupOf(from) && matches(said(node).name, wanted));
  }

  async #find(role, name, about) {
    const { nodes, above } = await this.#all();
    const found = nodes.filter((node) => !node.ignored && !said(node).disabled && fits(said(node), role, name)
      && (about === undefined || matches(said(node).description, about)));
    // What one hears of it besides: what it is described by, and the named parts of the page that it is in.
    const told = (node) => [said(node).name, said(node).description,
      ...above(node).map(said).filter((one) => one.name !== "").map(inWords)].join(" / ");
    if (typeof name === "string") {
      const twice = found.map(told).filter((words, place, all) => all.indexOf(words) !== place);
      assert.deepEqual(twice, [], "things that nobody who hears them can tell apart");
    }
    return found[0];
  }
}

export function said(node) {
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

export const matches = (words, wanted) => (wanted instanceof RegExp ? wanted.test(words) : words === wanted);
export const fits = (stop, role, name) => stop.role === role && (name === undefined || matches(stop.name, name));
export const inWords = ({ role, name = "", disabled }) => `${role} “${name}”${disabled ? ", disabled" : ""}`;
