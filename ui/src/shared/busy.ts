/** A button that waits says so and does nothing: disabled, it would lose the focus. */
export function dropWhileBusy(event: MouseEvent): void {
  if (!(event.target instanceof Element) || event.target.closest('button[aria-disabled="true"]') === null)
    return;
  event.preventDefault();
  event.stopPropagation();
}
