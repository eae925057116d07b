/**
 * The picture of a life as numbers, so that it can be tested without a screen.
 *
 * Every situation is a lane that leaves the life line at its start; every turn is a row under its lane. Nothing may cross
 * a label, so what starts last lies nearest to the life line, and in a lane the turn furthest ahead lies nearest to it:
 * a connector going down then only passes what lies to the right of it.
 */
import type { Path, PathRun, PathStep, Text } from "../../rpc/types";
import { toMillis } from "../../shared/dates";
import { stepAt, turnsOf, type Turn } from "./turns";

export type Zoom = "life" | "year" | "month";
export interface Look {
  width: number;
  /** How many times larger than usual the resident reads. */
  scale: number;
  measure: (words: string, bold: boolean) => number;
  say: (text: Text) => string;
  /** Words for the branch that was not needed, and for turns that are only possible. */
  unneeded: (count: number) => string;
  possible: (count: number) => string;
}
/** Words on one or two lines; `y` is the baseline of the last. */
export interface Label {
  lines: string[];
  x: number;
  y: number;
  width: number;
}
export interface Dot {
  steps: PathStep[];
  x: number;
  y: number;
}
export interface Branch {
  kind: "taken" | "ahead" | "unneeded";
  d: string;
  label: Label;
  dots: Dot[];
}
export interface Lane {
  run: PathRun;
  d: string;
  title: Label;
  dots: Dot[];
  branches: Branch[];
  more: Label | null;
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
const EDGE = 14;
const TOUCH = 26;
const BEND = 18;
const DRAWN_AHEAD = 2;

export function span(path: Path, zoom: Zoom): [number, number] {
  const now = toMillis(path.now, path.now);
  const born = path.born === null ? now - 30 * 365 * DAY : toMillis(path.born, path.now);
  if (zoom === "life") return [born - 365 * DAY, Math.max(born + 90 * 365.25 * DAY, now + 5 * 365 * DAY)];
  if (zoom === "year") return [now - 90 * DAY, now + 300 * DAY];
  return [now - 8 * DAY, now + 24 * DAY];
}

function ticksOf(zoom: Zoom, [start, end]: [number, number]): number[] {
  const out: number[] = [];
  if (zoom === "month") {
    let at = Math.ceil(start / DAY) * DAY;
    while (new Date(at).getUTCDay() !== 1) at += DAY;
    for (; at < end; at += 7 * DAY) out.push(at);
    return out;
  }
  const date = new Date(start);
  let [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  if (zoom === "life") [year, month] = [Math.ceil(year / 20) * 20, 0];
  for (;;) {
    const at = Date.UTC(year, month, 1);
    if (at >= end) return out;
    if (at >= start) out.push(at);
    if (zoom === "life") year += 20;
    else month += 2;
  }
}

/** Breaks words into two lines at most; what does not fit then ends in an ellipsis. */
export function wrap(words: string, room: number, measure: (words: string) => number): string[] {
  if (measure(words) <= room) return [words];
  const parts = words.split(" ");
  let first = parts.shift() ?? "";
  while (parts.length > 0 && measure(`${first} ${parts[0]}`) <= room) first += ` ${parts.shift()}`;
  const clip = (line: string): string => {
    let kept = line;
    while (kept.length > 1 && measure(`${kept}…`) > room) kept = kept.slice(0, -1).trimEnd();
    return kept === line ? line : `${kept}…`;
  };
  const fit = (line: string): string => (measure(line) <= room ? line : clip(line));
  return parts.length === 0 ? [fit(first)] : [fit(first), fit(parts.join(" "))];
}

export function draw(path: Path, zoom: Zoom, look: Look): Picture {
  const range = span(path, zoom);
  const [start, end] = range;
  const right = look.width - EDGE;
  const x = (at: number): number =>
    EDGE + ((Math.min(Math.max(at, start), end) - start) / (end - start)) * (right - EDGE);
  const ms = (moment: string): number => toMillis(moment, path.now);
  const now = ms(path.now);
  const life = 30 + 16 * look.scale;

  const step = 16 * look.scale;
  const label = (words: string, from: number, y: number, bold: boolean): Label => {
    const width = Math.max(60, right - from);
    const lines = wrap(words, width, (part) => look.measure(part, bold));
    const widest = Math.max(...lines.map((line) => look.measure(line, bold)));
    return { lines, x: from, y, width: Math.min(width, widest) };
  };
  /** Steps too near to be touched apart become one dot that counts them. */
  const dotsOf = (steps: PathStep[], y: number, least: number): Dot[] => {
    const dots: Dot[] = [];
    const seen = steps
      .map((step) => ({ step, at: stepAt(step) }))
      .filter((one): one is { step: PathStep; at: string } => one.at !== null)
      .map(({ step, at }) => ({ step, at: ms(at) }))
      .filter(({ at }) => at >= start && at <= end)
      .sort((a, b) => a.at - b.at);
    for (const { step, at } of seen) {
      const here = Math.max(least, x(at));
      const last = dots.at(-1);
      if (last !== undefined && here - last.x < TOUCH) last.steps.push(step);
      else dots.push({ steps: [step], x: here, y });
    }
    return dots;
  };

  const shown = path.runs
    .filter((run) => run.state === "active" || run.state === "ended")
    .map((run) => {
      const stops = [run.ended_at, ...run.steps.map(stepAt)].filter((at) => at !== null).map(ms);
      const open = run.state === "active" ? [now, ...(run.to === null ? [] : [ms(run.to)])] : [];
      return { run, from: ms(run.from), to: Math.max(ms(run.from), ...stops, ...open) };
    })
    .filter(({ from, to }) => to >= start && from <= end)
    .sort((a, b) => b.from - a.from);

  let y = life;
  const lanes = shown.map(({ run, from, to }): Lane => {
    const fromX = Math.min(x(from), right - 6 * BEND);
    const begin = fromX + BEND;
    const title = label(look.say(run.title), begin, 0, true);
    y += 30 + 2 * look.scale + title.lines.length * step;
    const line = y;
    const { own, turns, ahead } = turnsOf(run, zoom === "life");
    const endedX = run.ended_at === null ? null : Math.max(begin + 6, x(ms(run.ended_at)));
    const toX = Math.max(endedX ?? x(to), begin + 6);
    const lane: Lane = {
      run,
      d: `M${fromX} ${life} L${fromX} ${line - BEND} Q${fromX} ${line} ${begin} ${line} L${toX} ${line}`,
      title: { ...title, y: line - 13 },
      dots: dotsOf(own, line, begin),
      branches: [],
      more: null,
    };
    y += lane.dots.length > 0 ? 8 : 0;

    // One left over takes no more room drawn than counted.
    const drawn = ahead.slice(0, ahead.length <= DRAWN_AHEAD + 1 ? ahead.length : DRAWN_AHEAD);
    const rows = [...turns, ...drawn.map((fork): Turn => ({ kind: "ahead", fork, steps: [], at: null }))]
      .map((turn) => {
        const at = turn.at === null ? Math.max(now, from) : ms(turn.at);
        return { turn, at: Math.min(Math.max(x(at), begin), endedX ?? right, right - 7 * BEND) };
      })
      .sort((a, b) => b.at - a.at);
    for (const { turn, at } of rows) {
      const words =
        turn.kind === "unneeded" ? look.unneeded(turn.steps.length) : look.say(turn.fork?.text ?? run.title);
      const name = label(words, at + BEND - 4, 0, turn.kind === "taken");
      y += 18 + 4 * look.scale + name.lines.length * step;
      const dots = turn.kind === "ahead" ? [] : dotsOf(turn.steps, y, at + BEND + 10);
      const finish = Math.max(at + BEND + 28, dots.at(-1)?.x ?? 0);
      lane.branches.push({
        kind: turn.kind,
        d: `M${at} ${line} L${at} ${y - BEND} Q${at} ${y} ${at + BEND} ${y} L${Math.min(finish, right)} ${y}`,
        label: { ...name, y: y - 11 },
        dots,
      });
    }
    if (ahead.length > drawn.length) {
      const more = label(look.possible(ahead.length - drawn.length), begin + BEND, 0, false);
      y += 10 + more.lines.length * step;
      lane.more = { ...more, y };
    }
    y += 14;
    return lane;
  });
  return {
    height: y + 16,
    life,
    today: x(now),
    born: path.born !== null && ms(path.born) >= start ? x(ms(path.born)) : null,
    ticks: ticksOf(zoom, range).map((at) => ({ at, x: x(at) })),
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
