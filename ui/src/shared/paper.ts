/** On paper everything is unfolded and the ground is white; after printing the screen is as it was. */
export function listenForPaper(): void {
  let restore: (() => void)[] = [];
  addEventListener("beforeprint", () => {
    const { dataset } = document.documentElement;
    const { theme, contrast } = dataset;
    Object.assign(dataset, { theme: "light", contrast: "usual" });
    restore = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")].map((folded) => {
      folded.open = true;
      return () => (folded.open = false);
    });
    restore.push(() => Object.assign(dataset, { theme, contrast }));
  });
  addEventListener("afterprint", () => {
    restore.forEach((back) => back());
    restore = [];
  });
}
