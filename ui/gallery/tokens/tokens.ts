/** The design tokens by name, as `tokens.css` declares them: what is added there is shown here. */
export function tokens(sheets: Iterable<CSSStyleSheet>): string[] {
  for (const sheet of sheets)
    for (const rule of sheet.cssRules)
      if (rule instanceof CSSStyleRule && rule.selectorText === ":root")
        return [...rule.style].filter((name) => name.startsWith("--"));
  return [];
}

export const isColour = (name: string): boolean =>
  CSS.supports("color", getComputedStyle(document.documentElement).getPropertyValue(name).trim());

/** Which colours meet in the app, and how much contrast they owe: 4.5 for words, 3 for edges and signs. */
export const PAIRS: [ink: string, ground: string, least: number][] = [
  ["--ink", "--ground", 4.5],
  ["--ink", "--surface", 4.5],
  ["--ink", "--sunken", 4.5],
  ["--ink", "--accent-wash", 4.5],
  ["--ink", "--amber-wash", 4.5],
  ["--ink-soft", "--ground", 4.5],
  ["--ink-soft", "--surface", 4.5],
  ["--ink-soft", "--sunken", 4.5],
  ["--ink-soft", "--accent-wash", 4.5],
  ["--ground", "--ink", 4.5],
  ["--accent", "--ground", 4.5],
  ["--accent", "--surface", 4.5],
  ["--accent-strong", "--surface", 4.5],
  ["--accent-strong", "--accent-wash", 4.5],
  ["--on-accent", "--accent", 4.5],
  ["--amber", "--ground", 4.5],
  ["--amber", "--surface", 4.5],
  ["--amber", "--amber-wash", 4.5],
  ["--line-strong", "--ground", 3],
  ["--line-strong", "--surface", 3],
  ["--accent", "--accent-wash", 3],
  ["--amber-mark", "--ground", 3],
  ["--amber-mark", "--surface", 3],
];
