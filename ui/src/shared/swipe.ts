import type { Attachment } from "svelte/attachments";

const BEGINS = 12;
/** So far across, of the card's width, a finger means it. */
const MEANT = 0.35;

/** A finger drawn across a card does what its buttons do; while it is on its way, `data-swipe` says what it would do. */
export function swipe(does: {
  right: () => void;
  left: () => void;
  able: () => boolean;
}): Attachment<HTMLElement> {
  return (card) => {
    let from: { x: number; y: number; id: number } | null = null;
    let across = 0;
    const rest = (): void => {
      from = null;
      across = 0;
      card.style.transform = "";
      delete card.dataset["swipe"];
    };
    const down = (event: PointerEvent): void => {
      if (event.pointerType === "touch" && event.isPrimary && does.able())
        from = { x: event.clientX, y: event.clientY, id: event.pointerId };
    };
    const move = (event: PointerEvent): void => {
      if (from?.id !== event.pointerId) return;
      const [x, y] = [event.clientX - from.x, event.clientY - from.y];
      if (across === 0 && (Math.abs(x) < BEGINS || Math.abs(x) < 1.5 * Math.abs(y))) return;
      if (across === 0) card.setPointerCapture(event.pointerId);
      across = x;
      card.style.transform = `translateX(${x}px)`;
      if (Math.abs(x) > MEANT * card.offsetWidth) card.dataset["swipe"] = x > 0 ? "right" : "left";
      else delete card.dataset["swipe"];
    };
    const up = (event: PointerEvent): void => {
      if (from?.id !== event.pointerId) return;
      const meant = card.dataset["swipe"];
      rest();
      if (meant === "right") does.right();
      if (meant === "left") does.left();
    };
    card.addEventListener("pointerdown", down);
    card.addEventListener("pointermove", move);
    card.addEventListener("pointerup", up);
    card.addEventListener("pointercancel", rest);
    return () => {
      card.removeEventListener("pointerdown", down);
      card.removeEventListener("pointermove", move);
      card.removeEventListener("pointerup", up);
      card.removeEventListener("pointercancel", rest);
    };
  };
}
