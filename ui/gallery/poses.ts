// A state that only a resident's hand brings about: what a specimen is put into once it is there.
import { tick, untrack } from "svelte";

export type Pose = (within: HTMLElement) => Promise<void> | void;

const SECONDS = 5;

/** What is found now, or as soon as its content has come. */
function awaited<E extends Element>(within: HTMLElement, selector: string): Promise<E> {
  const now = within.querySelector<E>(selector);
  if (now !== null) return Promise.resolve(now);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      watch.disconnect();
      reject(new Error(`nothing to pose: ${selector}`));
    }, SECONDS * 1000);
    const watch = new MutationObserver(() => {
      const found = within.querySelector<E>(selector);
      if (found === null) return;
      clearTimeout(late);
      watch.disconnect();
      resolve(found);
    });
    watch.observe(within, { childList: true, subtree: true });
  });
}

export const pressed =
  (selector: string): Pose =>
  async (within) =>
    (await awaited<HTMLElement>(within, selector)).click();

export const typed =
  (words: string, selector = "input"): Pose =>
  async (within) => {
    const field = await awaited<HTMLInputElement>(within, selector);
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

export const chosen =
  (value: string): Pose =>
  async (within) => {
    await awaited(within, `option[value="${value}"]`);
    const field = await awaited<HTMLSelectElement>(within, "select");
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

/** Looked up by its words among the many of a combobox. */
export const lookedUp =
  (words: string): Pose =>
  async (within) => {
    (await awaited<HTMLElement>(within, "[role=combobox]")).click();
    await typed(words, "[role=combobox]")(within);
    const option = await awaited(within, "[role=option]");
    option.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
  };

export const unfolded: Pose = async (within) => {
  await awaited(within, "details");
  for (const one of within.querySelectorAll("details")) one.open = true;
};

/** As if the keyboard or the mouse were on it; see `pseudo.ts`. */
export const as =
  (state: "focus" | "hover", selector: string): Pose =>
  async (within) =>
    (await awaited(within, selector)).classList.add(`as-${state}`);

export const swiped =
  (to: "left" | "right"): Pose =>
  async (within) => {
    (await awaited<HTMLElement>(within, "article")).dataset["swipe"] = to;
  };

export const inTurn =
  (...poses: Pose[]): Pose =>
  async (within) => {
    for (const pose of poses) {
      await pose(within);
      await tick();
    }
  };

let posing = 0;

/** Strikes a pose, and says on the page when all have been struck. */
export function strike(pose: Pose | undefined): (within: HTMLElement) => void {
  return (within) => {
    if (pose === undefined) return;
    posing += 1;
    void Promise.resolve(untrack(() => pose(within))).finally(async () => {
      await tick();
      posing -= 1;
      document.documentElement.toggleAttribute("data-posed", posing === 0);
    });
  };
}
