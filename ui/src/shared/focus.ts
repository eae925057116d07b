/** Moves the reader back to the link that was followed; else to a heading, or to what was looked for on the page, as soon as it is there: a page may still be reading its content. */
export function focusWhenThere(selector: string, followed?: string): () => void {
  const links = document.querySelectorAll<HTMLElement>(".list-side a[href]");
  const link = [...links].find((one) => one.getAttribute("href") === followed);
  if (link !== undefined) {
    link.focus();
    return () => {};
  }
  let heading: HTMLElement | null = null;
  const isElsewhere = (): boolean =>
    heading !== null && ![heading, document.body].includes(document.activeElement as HTMLElement);
  const reach = (): boolean => {
    // What can be taken back for a few seconds only was reached for the reader, and keeps them.
    if (document.activeElement?.closest("[data-passing]") || isElsewhere()) return true;
    const sought = document.querySelector<HTMLElement>(".list-side [data-sought]");
    if (sought !== null) {
      sought.tabIndex = -1;
      sought.focus();
      sought.scrollIntoView({ block: "center" });
      return true;
    }
    if (heading === null) {
      heading = document.querySelector<HTMLElement>(selector);
      heading?.focus({ preventScroll: true });
    }
    // What is looked for may come with what is still being read.
    return heading !== null && document.querySelector(".list-side [aria-busy=true]") === null;
  };
  if (reach()) return () => {};
  const watch = new MutationObserver(() => {
    if (reach()) watch.disconnect();
  });
  watch.observe(document.body, { childList: true, subtree: true });
  return () => watch.disconnect();
}
