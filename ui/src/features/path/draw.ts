import type { ForkView, Path, PathRun, PathStep } from "../../rpc/types";
import { toMillis } from "../../shared/dates";

export type Zoom = "life" | "year" | "month";
export interface Dot {
  step: PathStep;
  x: number;
  y: number;
}
export interface Branch {
  fork: ForkView;
  d: string;
  x: number;
  y: number;
}
export interface Lane {
  run: PathRun;
  y: number;
  from: number;
  to: number;
  d: string;
  dots: Dot[];
  more: { x: number; y: number; count: number } | null;
  branches: Branch[];
}
export interface Picture {
  height: number;
  life: number;
  today: number;
  born: number | null;
  ticks: { at: number; x: number }[];
  lanes: Lane[];
}

const DAY = 86_400_000;
const LIFE = 46;
const GAP = 15;
const PILE = 4;

export function span(path: Path, zoom: Zoom): [number, number] {
  const now = toMillis(path.now, path.now);
  const born = path.born === null ? now - 30 * 365 * DAY : toMillis(path.born, path.now);
  if (zoom === "life") return [born - 365 * DAY, Math.max(born + 90 * 365.25 * DAY, now + 5 * 365 * DAY)];
  if (zoom === "year") return [now - 90 * DAY, now + 300 * DAY];
  return [now - 8 * DAY, now + 24 * DAY];
}

function ticksOf(zoom: Zoom, [start, end]: [number, number]): number[] {
  const out: number[] = [];
  const date = new Date(start);
  if (zoom === "month") {
    let at = Math.ceil(start / DAY) * DAY;
    while (new Date(at).getUTCDay() !== 1) at += DAY;
    for (; at < end; at += 7 * DAY) out.push(at);
    return out;
  }
  let year = date.getUTCFullYear();
  let month = date.getUTCMonth() + 1;
  if (zoom === "life") {
    year = Math.ceil(year / 20) * 20;
    month = 0;
  }
  for (;;) {
    const at = Date.UTC(year, month, 1);
    if (at >= end) return out;
    if (at >= start) out.push(at);
    if (zoom === "life") year += 20;
    else month += 2;
  }
}

const stepAt = (step: PathStep): string | null => step.when ?? step.due ?? step.opens;

/** Places the life line, the runs as branches from it, their steps, and the forks taken, open and not taken. */
export function draw(path: Path, zoom: Zoom, width: number): Picture {
  const [start, end] = span(path, zoom);
  const edge = 14;
  const x = (at: number): number =>
    edge + ((Math.min(Math.max(at, start), end) - start) / (end - start)) * (width - 2 * edge);
  const ms = (moment: string): number => toMillis(moment, path.now);
  const now = ms(path.now);
  const lanes: Lane[] = [];
  let y = LIFE + 64;

  for (const run of path.runs) {
    if (run.state !== "active" && run.state !== "ended") continue;
    const dated = run.steps
      .map((step) => ({ step, at: Math.max(ms(run.from), ms(stepAt(step) ?? run.from)) }))
      .sort((a, b) => a.at - b.at);
    const from = ms(run.from);
    const last = dated.filter(({ step }) => step.state !== "cancelled").at(-1)?.at ?? now;
    const to = run.ended_at !== null ? ms(run.ended_at) : run.to !== null ? ms(run.to) : Math.max(now, last);
    if (Math.max(to, last) < start || from > end) continue;

    const dots: Dot[] = [];
    let more: Lane["more"] = null;
    let deepest = 0;
    let count = 0;
    let pileX = Number.NEGATIVE_INFINITY;
    for (const { step, at } of dated) {
      if (at < start || at > end || step.state === "not_applicable") continue;
      const px = x(at);
      if (px - pileX >= GAP) {
        pileX = px;
        count = 0;
      }
      if (count < PILE) dots.push({ step, x: pileX, y: y + count * GAP });
      else more = { x: pileX, y: y + PILE * GAP + 2, count: count - PILE + 1 };
      deepest = Math.max(deepest, Math.min(count, PILE));
      count += 1;
    }

    const fromX = x(from);
    const toX = Math.max(x(to), fromX + 24);
    const bend = Math.min(28, Math.max(10, (toX - fromX) / 3));
    const branches: Branch[] = [];
    let below = y + deepest * GAP + 30;
    // Feared turns are never drawn: they are in the list, on request. One that came is part of the life.
    for (const fork of run.forks.filter((one) => !one.feared || one.taken === "yes")) {
      const own = dated.find(({ step }) => step.fork === fork.fork);
      const at = own?.at ?? (run.ended_at !== null ? ms(run.ended_at) : Math.max(now, from));
      const turn = Math.min(Math.max(x(at) - 12, fromX + bend), width - 60);
      const finish = Math.min(turn + 44, width - edge);
      branches.push({
        fork,
        x: turn,
        y: below,
        d: `M${turn - 10} ${y} C${turn + 6} ${y} ${turn - 4} ${below} ${turn + 14} ${below} L${finish} ${below}`,
      });
      below += 26;
    }
    lanes.push({
      run,
      y,
      from: fromX,
      to: toX,
      d: `M${fromX} ${LIFE} C${fromX + bend / 2} ${LIFE} ${fromX} ${y} ${fromX + bend} ${y} L${toX} ${y}`,
      dots,
      more,
      branches,
    });
    y = (branches.length > 0 ? below : y + deepest * GAP) + 58;
  }
  return {
    height: lanes.length === 0 ? LIFE + 40 : y - 30,
    life: LIFE,
    today: x(now),
    born: path.born !== null && ms(path.born) >= start ? x(ms(path.born)) : null,
    ticks: ticksOf(zoom, [start, end]).map((at) => ({ at, x: x(at) })),
    lanes,
  };
}

/** The closest view that still holds what is under way. */
export function fitting(path: Path): Zoom {
  const now = toMillis(path.now, path.now);
  const active = path.runs.filter((run) => run.state === "active");
  if (active.length === 0) return "year";
  const short = active.every((run) =>
    run.steps.every((step) => toMillis(stepAt(step) ?? path.now, path.now) < now + 40 * DAY),
  );
  return short ? "month" : "year";
}
