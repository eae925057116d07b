import { act } from "./act.svelte";

/** The window has neither tabs nor a telephone: what leads out of the app, the system opens. */
export function openOutside(event: MouseEvent): void {
  if (event.defaultPrevented || !(event.target instanceof Element)) return;
  const link = event.target.closest<HTMLAnchorElement>("a[href]");
  if (link === null || link.hasAttribute("download") || link.origin === location.origin) return;
  event.preventDefault();
  void act("open_link", { url: link.href });
}
