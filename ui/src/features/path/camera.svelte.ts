/** Where the picture of a life is looked at, and from how near: pinch, wheel, drag, buttons. */
import { select } from "d3-selection";
import "d3-transition";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomTransform } from "d3-zoom";
import { EDGE } from "./draw";
import { DAY, type View } from "./story";

const CLOSEST = 7 * DAY;
const GLIDE = 350;

/**
 * A finger's events go to what it was put on, for as long as it lies there. Where a nearer look has drawn that anew they
 * would reach nobody, and the picture would wait for that finger for ever: they are handed on to the picture.
 */
const held = new WeakSet<Element>();
function keepFinger({ target, currentTarget }: TouchEvent): void {
  if (!(target instanceof Element) || !(currentTarget instanceof Element) || target === currentTarget) return;
  // Two fingers on one word are told of together.
  if (held.has(target)) return;
  held.add(target);
  const picture = currentTarget;
  const ends = new AbortController();
  const handOn = (event: TouchEvent): void => {
    if (event.targetTouches.length === 0) {
      held.delete(target);
      ends.abort();
    }
    if (target.isConnected) return;
    const { bubbles, cancelable, touches, targetTouches, changedTouches } = event;
    const same = {
      touches: [...touches],
      targetTouches: [...targetTouches],
      changedTouches: [...changedTouches],
    };
    picture.dispatchEvent(new TouchEvent(event.type, { bubbles, cancelable, ...same }));
  };
  for (const type of ["touchmove", "touchend", "touchcancel"] as const)
    (target as HTMLElement).addEventListener(type, handOn, { signal: ends.signal });
}

export class Camera {
  view = $state.raw<View>({ from: 0, to: 1 });
  #whole: View = { from: 0, to: 1 };
  #width = 1;
  #svg: SVGSVGElement | undefined;
  #frame = 0;
  /** Only a picture that was pressed last takes the wheel: the page has to scroll past it. */
  #pressed = false;
  /** Where a gliding picture will be: who presses twice means twice as far. */
  #goal = $state.raw<View | undefined>();
  readonly #zoom = zoom<SVGSVGElement, unknown>()
    .filter((event: Event) => this.#takes(event))
    .on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => this.#look(event.transform));

  /** Call inside an effect: the picture follows fingers and the wheel until the effect ends. */
  attach(svg: SVGSVGElement): () => void {
    this.#svg = svg;
    select(svg).call(this.#zoom).on("dblclick.zoom", null);
    const press = (event: Event): void => {
      this.#pressed = svg.contains(event.target as Node);
    };
    const slide = (event: WheelEvent): void => {
      if (Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
      event.preventDefault();
      this.slide(event.deltaX / this.#width);
    };
    // One finger moves the picture across; up and down is the page's, which then takes the finger away (`touch-action`).
    let finger: { id: number; x: number } | undefined;
    const lay = ({ pointerType, pointerId, isPrimary, clientX }: PointerEvent): void => {
      if (pointerType === "touch") finger = isPrimary ? { id: pointerId, x: clientX } : undefined;
    };
    const drag = ({ pointerId, clientX }: PointerEvent): void => {
      if (finger?.id !== pointerId) return;
      this.slide((finger.x - clientX) / this.#width);
      finger.x = clientX;
    };
    const lift = ({ pointerId }: PointerEvent): void => {
      if (finger?.id === pointerId) finger = undefined;
    };
    const ends = new AbortController();
    svg.addEventListener("pointerdown", lay, { signal: ends.signal });
    window.addEventListener("pointermove", drag, { signal: ends.signal });
    window.addEventListener("pointerup", lift, { signal: ends.signal });
    window.addEventListener("pointercancel", lift, { signal: ends.signal });
    window.addEventListener("pointerdown", press, { capture: true, signal: ends.signal });
    svg.addEventListener("touchstart", keepFinger, { passive: true, signal: ends.signal });
    svg.addEventListener("wheel", slide, { passive: false, signal: ends.signal });
    return () => {
      select(svg).interrupt().on(".zoom", null);
      cancelAnimationFrame(this.#frame);
      ends.abort();
      this.#svg = undefined;
    };
  }

  /** The time there is to look at, and the room for it. What is looked at stays. */
  frame(width: number, whole: View): void {
    this.#width = width;
    this.#whole = whole;
    const room: [[number, number], [number, number]] = [
      [EDGE, 0],
      [width - EDGE, 1],
    ];
    this.#zoom
      .extent(room)
      .translateExtent(room)
      .scaleExtent([1, Math.max(1, (whole.to - whole.from) / CLOSEST)]);
    this.jump(this.view);
  }

  jump(view: View): void {
    this.#goal = undefined;
    this.view = view;
    if (this.#svg !== undefined)
      select(this.#svg).interrupt().call(this.#zoom.transform, this.#transform(view));
  }

  glide(view: View): void {
    if (this.#svg === undefined || matchMedia("(prefers-reduced-motion: reduce)").matches) this.jump(view);
    else {
      const arrived = (): void => {
        if (this.#goal === view) this.#goal = undefined;
      };
      const glide = select(this.#svg).transition().duration(GLIDE).on("end interrupt", arrived);
      glide.call(this.#zoom.transform, this.#transform(view));
      this.#goal = view;
    }
  }

  /** As much of a view as lies within the time there is. */
  show({ from, to }: View): void {
    this.glide(this.#inside(from, to - from));
  }

  /** So many times closer, or further away. */
  closer(times: number): void {
    const { from, to } = this.aim;
    const span = Math.min(Math.max((to - from) / times, CLOSEST), this.#whole.to - this.#whole.from);
    const middle = (from + to) / 2;
    this.glide(this.#inside(middle - span / 2, span));
  }

  /** A share of what is seen, earlier or later. */
  slide(share: number, glide = false): void {
    const seen = this.aim;
    const span = seen.to - seen.from;
    const view = this.#inside(seen.from + share * span, span);
    if (glide) this.glide(view);
    else this.jump(view);
  }

  /** Arrows, plus and minus. */
  press(event: KeyboardEvent): void {
    const does = {
      ArrowLeft: () => this.slide(-0.5, true),
      ArrowRight: () => this.slide(0.5, true),
      "+": () => this.closer(2.5),
      "=": () => this.closer(2.5),
      "-": () => this.closer(1 / 2.5),
    }[event.key];
    if (does === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    does();
  }

  /** As close as it gets with these days in the middle. */
  around(from: number, to: number): void {
    const span = Math.max((to - from) * 1.6, CLOSEST);
    this.glide(this.#inside((from + to - span) / 2, span));
  }

  /** Where it looks, or is on its way to. */
  get aim(): View {
    return this.#goal ?? this.view;
  }

  get isClosest(): boolean {
    return this.view.to - this.view.from <= CLOSEST * 1.01;
  }

  #inside(from: number, span: number): View {
    const start = Math.min(Math.max(from, this.#whole.from), this.#whole.to - span);
    return { from: start, to: start + span };
  }

  #takes(event: Event): boolean {
    if (event instanceof WheelEvent)
      return (
        Math.abs(event.deltaY) >= Math.abs(event.deltaX) && (event.ctrlKey || event.metaKey || this.#pressed)
      );
    // One finger is followed above: here it would never let the page scroll.
    if ("touches" in event) return (event as TouchEvent).touches.length > 1;
    return !(event instanceof MouseEvent && (event.button !== 0 || event.ctrlKey));
  }

  /** Once a frame is enough, however many fingers move. */
  #look({ k, x }: ZoomTransform): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const { from, to } = this.#whole;
      const at = (place: number): number =>
        from + (((place - x) / k - EDGE) / (this.#width - 2 * EDGE)) * (to - from);
      this.view = { from: at(EDGE), to: at(this.#width - EDGE) };
    });
  }

  #transform({ from, to }: View): ZoomTransform {
    const whole = this.#whole.to - this.#whole.from;
    const k = whole / (to - from);
    const place = EDGE + ((from - this.#whole.from) / whole) * (this.#width - 2 * EDGE);
    return zoomIdentity.translate(EDGE - k * place, 0).scale(k);
  }
}
