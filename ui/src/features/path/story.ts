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
import type { Mark, Otherwise, Would } from "./would";

export interface Stop {
  step: PathStep;
  at: number;
  /** How it would be otherwise, and where it stands now if it would move. */
  mark?: Mark;
  was?: number;
}
/** A turn, and where it leaves its strand. */
export interface Bend {
  kind: Turn["kind"];
  title: Text;
  count: number;
  at: number;
  stops: Stop[];
  /** Only pretended. */
  would: boolean;
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
  /** It would begin, or end. */
  mark: Otherwise | null;
}
export interface Strand {
  key: string;
  title: Text;
  from: number;
  to: number;
  /** What the calendar of a life lays down, with or without runs in it. */
  laidDown: boolean;
  /** No fact says that it begins. */
  expected: boolean;
  lived: Lived[];
}
/** Somebody whose life runs beside this one. */
export interface Beside {
  /** None for a child on the way. */
  resident: string | null;
  name: string;
  from: number;
  born: number;
  /** Whether the day of birth is known, or reckoned. */
  known: boolean;
  stops: Stop[];
}
export interface Milestone {
  at: number;
  title: Text;
  /** The run that the day begins. */
  run: string | null;
  /** Named wherever there is room; the others are points. */
  named: boolean;
  expected: boolean;
}
/** Something that would be otherwise, and the time it takes: both days of a step that moves. */
export interface Change {
  /** Of the step, or of the run that would begin or end. */
  key: string;
  kind: Otherwise | "begins" | "ends";
  title: Text;
  from: number;
  to: number;
  at: number;
  was: number | null;
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
  /** What would be otherwise and has a day: what lies ahead in its order, then what is behind. */
  changes: Change[];
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

export function story(
  path: Path,
  life: LifeLine | undefined,
  others: readonly Path[],
  child: string,
  would?: Would,
): Story {
  const ms = (moment: string): number => toMillis(moment, path.now);
  const now = ms(path.now);
  const born = path.born === null ? null : ms(path.born);
  const start = (born ?? now - 30 * YEAR) - YEAR;
  const whole = { from: start, to: Math.max(start + 101 * YEAR, now + 5 * YEAR) };

  const runs = would?.path.runs ?? path.runs;
  const left = new Set(runs.filter((run) => run.state === "active" || run.state === "ended"));
  const strands: Strand[] = [];
  for (const span of life?.spans ?? []) {
    const from = ms(span.from);
    const to = span.to === null ? whole.to : ms(span.to) + DAY;
    const own = [...left].filter((run) => belongs(run, span, ms(run.from), from, to));
    own.forEach((run) => left.delete(run));
    const lived = own.map((run) => live(run, ms, now, would));
    if (BY_CALENDAR.test(span.run))
      strands.push({
        key: span.run,
        title: span.title,
        from,
        to,
        laidDown: true,
        expected: span.expected,
        lived,
      });
    else strands.push(...lived.map(alone));
  }
  strands.push(...[...left].map((run) => alone(live(run, ms, now, would))));
  strands.sort((a, b) => b.from - a.from || a.key.localeCompare(b.key));

  const unborn = (life?.unborn ?? []).map((one) => ({
    resident: null,
    name: child,
    from: ms(one.conceived),
    born: ms(one.born),
    known: true,
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
      known: other.born !== null,
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
      run: one.run,
      named: one.kind !== "begins",
      expected: one.expected,
    })),
    strands,
    beside: [...unborn, ...people],
    changes: would === undefined ? [] : changesOf(strands, ms(would.at), now),
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
    expected: false,
    lived: [lived],
  };
}

function live(run: PathRun, ms: (moment: string) => number, now: number, would?: Would): Lived {
  const from = ms(run.from);
  const ended = run.ended_at === null ? null : ms(run.ended_at);
  const was = run.steps.map((step) => would?.steps.get(step.id)?.was ?? null);
  const stops = [...run.steps.map(stepAt), ...was].filter((at) => at !== null);
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
    own: stopsOf(own, ms, would),
    mark: would?.begins.has(run.id) ? "appears" : would?.ends.has(run.id) ? "stops" : null,
    bends: [...turns, ...possible].map((turn) => ({
      kind: turn.kind,
      title: turn.fork?.text ?? run.title,
      count: turn.steps.length,
      at: Math.min(turn.at === null ? Math.max(now, from) : ms(turn.at), ended ?? Number.POSITIVE_INFINITY),
      stops: turn.kind === "ahead" ? [] : stopsOf(turn.steps, ms, would),
      would: turn.fork !== null && would?.turns.has(`${run.id}/${turn.fork.fork}`) === true,
    })),
    more: ahead.length - drawn.length,
  };
}

function stopsOf(steps: PathStep[], ms: (moment: string) => number, would?: Would): Stop[] {
  return steps
    .flatMap((step): Stop[] => {
      const at = stepAt(step);
      if (at === null) return [];
      const mark = would?.steps.get(step.id);
      if (mark === undefined) return [{ step, at: ms(at) }];
      return [{ step, at: ms(at), mark, ...(mark.was === null ? {} : { was: ms(mark.was) }) }];
    })
    .sort((a, b) => a.at - b.at);
}

/** What begins or ends comes before its own steps. */
function changesOf(strands: Strand[], at: number, now: number): Change[] {
  const lived = strands.flatMap((strand) => strand.lived);
  const runs = lived.flatMap(({ run, from, mark }): Change[] => {
    if (mark === null) return [];
    const day = mark === "appears" ? from : at;
    const kind = mark === "appears" ? "begins" : "ends";
    return [{ key: run.id, kind, title: run.title, from: day, to: day, at: day, was: null }];
  });
  const stops = lived.flatMap((one) => [...one.own, ...one.bends.flatMap((bend) => bend.stops)]);
  const steps = stops.flatMap(({ step, at, mark, was = at }): Change[] =>
    mark === undefined
      ? []
      : [
          {
            key: step.id,
            kind: mark.kind,
            title: step.title,
            from: Math.min(at, was),
            to: Math.max(at, was),
            at,
            was: was === at ? null : was,
          },
        ],
  );
  const all = [...runs, ...steps].sort((a, b) => a.from - b.from);
  const today = now - DAY;
  return [...all.filter((one) => one.to >= today), ...all.filter((one) => one.to < today)];
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

/** The view in which a change can be told from what stands beside it: the one that is seen where it can be already. */
export function sight(story: Story, change: Change, seen: View): View {
  const year = viewOf(story, "year");
  const span = Math.min(seen.to - seen.from, year.to - year.from);
  const edge = span / 12;
  const inSight = change.from >= seen.from + edge && change.to <= seen.to - edge;
  if (inSight && span === seen.to - seen.from) return seen;
  const from = change.from - span / 5;
  return { from, to: from + span };
}
