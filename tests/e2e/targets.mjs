/**
 * What is smaller than a finger needs, 44 px, in either direction: everything that can be pressed, folded or filled in. A link
 * within a sentence is as tall as the sentence (WCAG 2.5.8); a ring or a box is pressed with its label.
 */
export function small(page) {
  return page.evaluate(() => {
    const LEAST = 44;
    const folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
    const inSentence = (one) =>
      one.matches("a") &&
      getComputedStyle(one).display === "inline" &&
      [...one.parentNode.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim() !== "");
    const pressed = (one) => (one.matches("input[type=radio], input[type=checkbox]") ? (one.labels[0] ?? one) : one);
    const found = [...document.querySelectorAll("a, button, input, select, textarea, summary")]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".visually-hidden") && !inSentence(one))
      .flatMap((one) => {
        const { width, height } = pressed(one).getBoundingClientRect();
        // Boxes end between pixels.
        if (Math.min(width, height) > LEAST - 0.5) return [];
        const words = (one.getAttribute("aria-label") ?? one.textContent).trim().slice(0, 40);
        return [`${one.localName} “${words}” is ${Math.round(width)} × ${Math.round(height)} px`];
      });
    for (const one of folded) one.open = false;
    return found;
  });
}
