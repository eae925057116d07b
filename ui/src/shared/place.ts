/** What comes and goes over the page: a place in it is none to return to. */
const PASSING = "dialog, [data-passing]";
const MARKS = "h1, h2, h3, h4, summary";

/** Headings above, the nearest first. */
function marksBefore(one: Element, within: ParentNode): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(MARKS)]
    .filter((mark) => mark.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)
    .map((mark) => mark.closest("summary") ?? mark)
    .reverse();
}

const isThere = (one: Element): boolean =>
  one.isConnected && one.getClientRects().length > 0 && !one.matches(":disabled");

/**
 * Whoever's control goes away stays near: the focus goes back to where it was before a dialog, or to the heading above.
 * Call inside an effect.
 */
export function keepPlace(): () => void {
  let last: HTMLElement | null = null;
  let byKey = false;
  let onPage: HTMLElement[] = [];
  let places: HTMLElement[] = [];

  const come = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    last = target;
    byKey = target.matches(":focus-visible");
    const over = target.closest(PASSING);
    if (over === null) onPage = [target, ...marksBefore(target, document)];
    places = over === null ? onPage : [target, ...marksBefore(target, over), ...onPage];
  };
  const leave = (): void => {
    last = null;
  };
  const takesFocus = (one: HTMLElement): boolean => {
    if (!isThere(one)) return false;
    if (one.tabIndex < 0) one.tabIndex = -1;
    one.focus({ preventScroll: !byKey });
    return document.activeElement === one;
  };
  const isLost = (): boolean => last !== null && (document.activeElement ?? document.body) === document.body;
  const land = (): void => {
    if (isLost()) [...places, ...document.querySelectorAll<HTMLElement>("h1")].find(takesFocus);
  };
  // A page that changes moves its reader itself, and comes first.
  let landing: ReturnType<typeof setTimeout> | undefined;
  const watch = new MutationObserver(() => {
    clearTimeout(landing);
    if (isLost()) landing = setTimeout(land);
  });
  watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled"] });
  document.addEventListener("focusin", come);
  // Who presses beside everything, or tabs out of the page, means to leave.
  const out = ({ key }: KeyboardEvent): void => {
    if (key === "Tab") leave();
  };
  document.addEventListener("keydown", out, { capture: true });
  document.addEventListener("pointerdown", leave, { capture: true });
  return () => {
    watch.disconnect();
    clearTimeout(landing);
    document.removeEventListener("focusin", come);
    document.removeEventListener("keydown", out, { capture: true });
    document.removeEventListener("pointerdown", leave, { capture: true });
  };
}
