/**
 * What the picture of a life shows, in milliseconds: made once for a plan, drawn for every view of it.
 *
 * A strand is a situation: a stretch the calendar of a life lays down, the runs of it that the resident's own facts began,
 * or both. A stretch without a run is what happens at that age to everybody; what facts began and the plan does not show
 * any more is not shown here either.
 */
import type { LifeLine, LifeSpan, Path, PathRun, PathStep, Text } from "../../rpc/types";
import { toMillis } from "../../shared/dates";
import { stepAt, turnsOf, type Turn } from "./turns";

export interface Stop {
  step: PathStep;
  at: number;
}
/** A turn, and where it leaves its strand. */
export interface Bend {
  kind: Turn["kind"];
  title: Text;
  count: number;
  at: number;
  stops: Stop[];
}
/** A run of the resident's own. */
export interface Lived {
  run: PathRun;
  from: number;
  to: number;
  ended: number | null;
  own: Stop[];
  bends: Bend[];
  /** How many turns are possible beside those drawn. */
  more: number;
}
export interface Strand {
  key: string;
  title: Text;
  from: number;
  to: number;
  /** What the calendar of a life lays down, with or without runs in it. */
  laidDown: boolean;
  lived: Lived[];
}
/** Somebody whose life runs beside this one. */
export interface Beside {
  /** None for a child on the way. */
  resident: string | null;
  name: string;
  from: number;
  born: number;
  stops: Stop[];
}
export interface Milestone {
  at: number;
  title: Text;
  /** Named wherever there is room; the others are points. */
  named: boolean;
  expected: boolean;
}
export interface Story {
  now: number;
  /** Where the life line begins, as far as that is known. */
  begins: number | null;
  /** From the year before birth to a hundred years. */
  whole: View;
  milestones: Milestone[];
  /** What began last comes first. */
  strands: Strand[];
  beside: Beside[];
}
/** The stretch of time that is looked at. */
export interface View {
  from: number;
  to: number;
}

export const DAY = 86_400_000;
const YEAR = 365.25 * DAY;
const DRAWN_AHEAD = 2;
/** A run that the calendar began says so at the end of its id. */
const BY_CALENDAR = /@[^:@]*$/;

export function story(path: Path, life: LifeLine | undefined, others: readonly Path[], child: string): Story {
  const ms = (moment: string): number => toMillis(moment, path.now);
  const now = ms(path.now);
  const born = path.born === null ? null : ms(path.born);
  const start = (born ?? now - 30 * YEAR) - YEAR;
  const whole = { from: start, to: Math.max(start + 101 * YEAR, now + 5 * YEAR) };

  const left = new Set(path.runs.filter((run) => run.state === "active" || run.state === "ended"));
  const strands: Strand[] = [];
  for (const span of life?.spans ?? []) {
    const from = ms(span.from);
    const to = span.to === null ? whole.to : ms(span.to) + DAY;
    const own = [...left].filter((run) => belongs(run, span, ms(run.from), from, to));
    own.forEach((run) => left.delete(run));
    const lived = own.map((run) => live(run, ms, now));
    if (BY_CALENDAR.test(span.run))
      strands.push({ key: span.run, title: span.title, from, to, laidDown: true, lived });
    else strands.push(...lived.map(alone));
  }
  strands.push(...[...left].map((run) => alone(live(run, ms, now))));
  strands.sort((a, b) => b.from - a.from || a.key.localeCompare(b.key));

  const unborn = (life?.unborn ?? []).map((one) => ({
    resident: null,
    name: child,
    from: ms(one.conceived),
    born: ms(one.born),
    stops: [],
  }));
  const people = others.map((other) => {
    const own = other.born === null ? whole.from : ms(other.born);
    const steps = other.runs.filter((run) => run.state === "active").flatMap((run) => run.steps);
    return {
      resident: other.resident.id,
      name: other.resident.name,
      from: own,
      born: own,
      stops: stopsOf(steps.filter(counts), ms),
    };
  });
  return {
    now,
    begins: life?.milestones[0] === undefined ? born : ms(life.milestones[0].at),
    whole,
    milestones: (life?.milestones ?? []).map((one) => ({
      at: ms(one.at),
      title: one.title,
      named: one.kind !== "begins",
      expected: one.expected,
    })),
    strands,
    beside: [...unborn, ...people],
  };
}

const counts = (step: PathStep): boolean => step.state !== "not_applicable" && step.state !== "cancelled";

function belongs(run: PathRun, span: LifeSpan, at: number, from: number, to: number): boolean {
  return run.id === span.run || (run.situation === span.situation && at >= from && at <= to);
}

function alone(lived: Lived): Strand {
  return {
    key: lived.run.id,
    title: lived.run.title,
    from: lived.from,
    to: lived.to,
    laidDown: false,
    lived: [lived],
  };
}

function live(run: PathRun, ms: (moment: string) => number, now: number): Lived {
  const from = ms(run.from);
  const ended = run.ended_at === null ? null : ms(run.ended_at);
  const stops = run.steps.map(stepAt).filter((at) => at !== null);
  const open = run.state === "active" ? [now, ...(run.to === null ? [] : [ms(run.to)])] : [];
  const { own, turns, ahead } = turnsOf(run);
  // One left over takes no more room drawn than counted.
  const drawn = ahead.slice(0, ahead.length <= DRAWN_AHEAD + 1 ? ahead.length : DRAWN_AHEAD);
  const possible = drawn.map((fork): Turn => ({ kind: "ahead", fork, steps: [], at: null }));
  return {
    run,
    from,
    to: Math.max(from, ...stops.map(ms), ...open, ...(ended === null ? [] : [ended])),
    ended,
    own: stopsOf(own, ms),
    bends: [...turns, ...possible].map((turn) => ({
      kind: turn.kind,
      title: turn.fork?.text ?? run.title,
      count: turn.steps.length,
      at: Math.min(turn.at === null ? Math.max(now, from) : ms(turn.at), ended ?? Number.POSITIVE_INFINITY),
      stops: turn.kind === "ahead" ? [] : stopsOf(turn.steps, ms),
    })),
    more: ahead.length - drawn.length,
  };
}

function stopsOf(steps: PathStep[], ms: (moment: string) => number): Stop[] {
  return steps
    .flatMap((step) => {
      const at = stepAt(step);
      return at === null ? [] : [{ step, at: ms(at) }];
    })
    .sort((a, b) => a.at - b.at);
}

export const CLOSENESS = ["life", "year", "month", "week"] as const;
export type Closeness = (typeof CLOSENESS)[number];

export function viewOf({ now, whole }: Story, close: Closeness): View {
  if (close === "life") return whole;
  const [before, after] = { year: [90, 300], month: [8, 24], week: [2, 6] }[close] as [number, number];
  return { from: now - before * DAY, to: now + after * DAY };
}

/** How close a view is, where it is one of those that have a name. */
export function closenessOf(story: Story, view: View): Closeness | undefined {
  return CLOSENESS.find((close) => {
    const named = viewOf(story, close);
    const slack = (named.to - named.from) * 0.02;
    return Math.abs(named.from - view.from) < slack && Math.abs(named.to - view.to) < slack;
  });
}

/** The closest view that still holds what is under way. */
export function fitting(story: Story): Closeness {
  const active = story.strands.flatMap((strand) => strand.lived).filter((one) => one.run.state === "active");
  if (active.length === 0) return "year";
  const soon = (stop: Stop): boolean => stop.at < story.now + 40 * DAY;
  return active.every((one) => [...one.own, ...one.bends.flatMap((bend) => bend.stops)].every(soon))
    ? "month"
    : "year";
}
