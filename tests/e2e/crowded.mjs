/**
 * Words that leave the window sideways, are cut by their box or by the field they stand in, or lie on other words: on the page with its tabs, banners and
 * bars, or in one part of it. What is fixed to the window lies over what scrolls under it, and is looked at for itself.
 */
export function crowded(page, within = "body") {
  return page.evaluate((within) => {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth + 1) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    const root = document.querySelector(within);
    const layers = new Map();
    const layerOf = (holder) => {
      let box = holder;
      while (box !== root && getComputedStyle(box).position !== "fixed") box = box.parentElement;
      return box;
    };
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.textContent.trim();
      const holder = node.parentElement;
      if (!words || holder.closest(".visually-hidden, option, select, title, script, style")) continue;
      if (!holder.checkVisibility({ visibilityProperty: true })) continue;
      const layer = layerOf(holder);
      const boxes = layers.get(layer) ?? [];
      layers.set(layer, boxes);
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        if (right - left < 2) continue;
        if (left < -1 || right > innerWidth + 1) found.push(`“${words}” leaves the window`);
        let away = false;
        for (let box = holder; box && box !== root; box = box.parentElement) {
          const { overflowX, overflowY } = getComputedStyle(box);
          if (overflowX === "visible") continue;
          const edge = box.getBoundingClientRect();
          // Down a list one scrolls; sideways nobody should have to.
          const scrolls = overflowY === "auto" || overflowY === "scroll";
          const cut = left < edge.left - 1 || right > edge.right + 1 || (!scrolls && (top < edge.top - 1 || bottom > edge.bottom + 1));
          if (cut) found.push(`“${words}” is cut`);
          away ||= scrolls && (bottom < edge.top || top > edge.bottom);
        }
        if (!away) boxes.push({ words, left, right, top, bottom });
      }
    }
    for (const boxes of layers.values())
      for (const [index, one] of boxes.entries())
        for (const other of boxes.slice(index + 1)) {
          const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
          const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
          if (across > 3 && down > (one.bottom - one.top) / 2) found.push(`“${one.words}” lies on “${other.words}”`);
        }
    // What a field says by itself; what was typed into it one can go through.
    const pen = document.createElement("canvas").getContext("2d");
    for (const field of root.querySelectorAll("input, select")) {
      const hinted = field.localName !== "select";
      if (hinted && getComputedStyle(field, "::placeholder").opacity === "0") continue;
      const words = !hinted ? (field.selectedOptions[0]?.label ?? "") : field.value === "" ? field.placeholder : "";
      if (words === "" || !field.checkVisibility({ visibilityProperty: true })) continue;
      const { fontStyle, fontWeight, fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(field);
      pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
      const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      if (pen.measureText(words).width > room + 1) found.push(`“${words}” is cut by its field`);
    }
    return found;
  }, within);
}
