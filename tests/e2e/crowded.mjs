/** Words that leave the window sideways, are cut by their box, or lie on other words. */
export function crowded(page, within = "main") {
  return page.evaluate((within) => {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth + 1) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    const boxes = [];
    const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.textContent.trim();
      const holder = node.parentElement;
      if (!words || holder.closest(".visually-hidden, svg, option, select") || !holder.checkVisibility({ visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        if (right - left < 2) continue;
        if (left < -1 || right > innerWidth + 1) found.push(`“${words}” leaves the window`);
        for (let box = holder; box && !box.matches(within); box = box.parentElement) {
          const { overflowX, overflowY } = getComputedStyle(box);
          if (overflowX === "visible") continue;
          // Down a list one scrolls; sideways nobody should have to.
          const below = overflowY === "auto" || overflowY === "scroll" ? Infinity : box.getBoundingClientRect().bottom;
          if (right > box.getBoundingClientRect().right + 1 || bottom > below + 1) found.push(`“${words}” is cut`);
        }
        boxes.push({ words, left, right, top, bottom });
      }
    }
    for (const [index, one] of boxes.entries())
      for (const other of boxes.slice(index + 1)) {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > 3 && down > (one.bottom - one.top) / 2) found.push(`“${one.words}” lies on “${other.words}”`);
      }
    return found;
  }, within);
}
