// What a screen reader says by itself. A live region is heard when its words change while it is there; one that comes with
// its words already in it is heard only as an alert. Nothing that is hidden from the ear counts, and nothing twice in a row.
import assert from "node:assert/strict";
import { until } from "./paths.mjs";

/** Ears that listen from now on, until the page is left. */
export async function openEars(page) {
  await page.evaluate(listen);
  const take = () => page.evaluate(() => window.heard.splice(0));
  return {
    take,
    /** These words are said aloud; all that was said until then is returned. */
    async hear(words) {
      const heard = [];
      await until(`“${words}” is said aloud`, async () => {
        heard.push(...(await take()));
        return heard.some((it) => (words instanceof RegExp ? words.test(it) : it.includes(words)));
      }).catch((error) => assert.fail(`${error.message}; it was said: ${heard.map((it) => `“${it}”`).join(", ") || "nothing"}`));
      return heard;
    },
  };
}

/** Runs in the page. */
function listen() {
  const LIVE = "[aria-live=polite], [aria-live=assertive], [role=status], [role=alert], [role=log]";
  window.heard = [];
  const last = new Map([...document.querySelectorAll(LIVE)].map((region) => [region, wordsOf(region)]));
  function wordsOf(region) {
    if (!region.checkVisibility({ visibilityProperty: true })) return "";
    const copy = region.cloneNode(true);
    for (const hidden of copy.querySelectorAll("[aria-hidden=true]")) hidden.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }
  function regionsAround(node) {
    const around = [];
    for (let one = node instanceof Element ? node : node.parentElement; one; one = one.parentElement)
      if (one.matches(LIVE)) around.push(one);
    return around;
  }
  const say = (region) => {
    const words = wordsOf(region);
    if (words !== last.get(region) && words !== "") window.heard.push(words);
    last.set(region, words);
  };
  new MutationObserver((changes) => {
    const changed = new Set();
    for (const { target, addedNodes } of changes) {
      for (const region of regionsAround(target)) if (last.has(region)) changed.add(region);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        for (const region of [node, ...node.querySelectorAll("*")].filter((it) => it.matches(LIVE) && !last.has(it))) {
          if (region.getAttribute("role") === "alert") changed.add(region);
          else last.set(region, wordsOf(region));
        }
      }
    }
    for (const region of changed) say(region);
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
}
