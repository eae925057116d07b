// Only one thing on a page can have the focus. The app's own rules for it are said once more for a class.
const NAMES: [RegExp, string][] = [
  [/:focus-within/g, ":has(.as-focus)"],
  [/:focus-visible/g, ".as-focus"],
  [/:hover/g, ".as-hover"],
];

export function repeatForClasses(sheets: Iterable<CSSStyleSheet>): void {
  for (const sheet of sheets)
    for (let at = sheet.cssRules.length - 1; at >= 0; at--) {
      const rule = sheet.cssRules[at];
      if (!(rule instanceof CSSStyleRule) || rule.selectorText.includes(":not(:focus")) continue;
      const selector = NAMES.reduce((text, [from, to]) => text.replace(from, to), rule.selectorText);
      if (selector !== rule.selectorText) sheet.insertRule(`${selector} { ${rule.style.cssText} }`, at + 1);
    }
}
