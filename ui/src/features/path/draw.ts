/**
 * The picture of a life as numbers, for one view of it, so that it can be tested without a screen.
 *
 * Every strand is a lane that leaves the life line where it begins; every turn is a row under its lane. Nothing may cross a
 * label, so what begins last lies nearest to the life line, and in a lane the turn furthest ahead lies nearest to it: a
 * connector going down then only passes what lies to the right of it. What began before the view comes in from its edge, and
 * its name stays in sight.
 */
import { scaleUtc } from "d3-scale";
import { curveBasis, line } from "d3-shape";
import type { PathStep, Text } from "../../rpc/types";
import { DAY, type Beside, type Lived, type Stop, type Story, type Strand, type View } from "./story";
import type { Otherwise } from "./would";

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
/** Words on one or two lines; `y` is the baseline of the last, counted from their lane. */
export interface Label {
  lines: string[];
  x: number;
  y: number;
  width: number;
}
export interface Dot {
  steps: PathStep[];
  /** As wide as the number in it needs. */
  width: number;
  height: number;
  x: number;
  y: number;
  /** The time its steps take, to look closer at it. */
  from: number;
  to: number;
  /** How its steps would be otherwise, where some would. */
  mark: Otherwise | "some" | null;
  /** Whether its first step can be opened. */
  card: boolean;
}
/** Where a step that would move stands now, and a line to where it would stand. */
export interface Ghost {
  x: number;
  y: number;
  to: number;
}
export interface Branch {
  kind: "taken" | "ahead" | "unneeded" | "would";
  d: string;
  label: Label;
  dots: Dot[];
  ghosts: Ghost[];
}
export interface Lane {
  strand: Strand;
  /** Where it lies; all that is in it counts from here. */
  y: number;
  /** What the calendar of a life lays down. */
  whole: string | null;
  lived: { d: string; over: boolean; mark: Otherwise | null }[];
  title: Label;
  /** How all that is lived in it would be otherwise. */
  mark: Otherwise | null;
  dots: Dot[];
  ghosts: Ghost[];
  branches: Branch[];
  more: Label[];
}
export interface Side {
  of: Beside;
  y: number;
  from: number;
  born: number;
  name: Label;
  dots: Dot[];
}
export interface Picture {
  height: number;
  life: number;
  today: number;
  /** Where the life line begins. */
  born: number;
  ticks: { at: number; x: number }[];
  milestones: { title: Text; x: number; named: boolean; expected: boolean }[];
  lanes: Lane[];
  beside: Side[];
}

export const EDGE = 14;
const DOT = 12;
/** Half of what a finger needs (44 px). */
export const FINGER = 22;
/** How near two dots may lie; a hair less than a finger, so that each day of a week on a phone has its own. */
const TOUCH = 42;
const BEND = 18;
/** Connectors reach above the life line, where they are cut off, so that none comes loose while lanes move. */
const LOOSE = 600;
/** From so much time on, turns are too small to be drawn. */
const PLAIN = 3 * 365 * DAY;

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

const curve = line().curve(curveBasis);

/** Down from a line and round the corner, along to the right. */
function bent(x: number, from: number, y: number, to: number): string {
  const points: [number, number][] = [
    [x, from],
    [x, Math.min(from, y - BEND)],
    [x, y - BEND],
    [x, y],
    [x + BEND, y],
    [x + BEND, y],
    [Math.max(to, x + BEND + 6), y],
  ];
  return curve(points) ?? "";
}

export function draw(story: Story, view: View, look: Look): Picture {
  const scale = scaleUtc([view.from, view.to], [EDGE, look.width - EDGE]);
  const x = (at: number): number => scale(at);
  const [right, step] = [look.width - EDGE, 16 * look.scale];
  const plain = view.to - view.from > PLAIN;
  const life = 30 + step;
  /** Half the height of a dot with a number in it. */
  const ring = 6 + 3 * look.scale;
  const within = (at: number): number => Math.min(Math.max(at, -BEND), look.width + BEND);

  const label = (words: string, from: number, y: number, bold: boolean): Label => {
    const begin = Math.min(Math.max(from, EDGE), Math.max(EDGE, right - 5 * BEND));
    const width = Math.max(60, right - begin);
    const lines = wrap(words, width, (part) => look.measure(part, bold));
    const widest = Math.max(...lines.map((line) => look.measure(line, bold)));
    return { lines, x: begin, y, width: Math.min(width, widest) };
  };
  /** Steps too near to be touched apart become one dot that counts them. */
  const dotsOf = (stops: Stop[], y: number, least: number): Dot[] => {
    const dots: Dot[] = [];
    for (const { step, at, mark } of stops) {
      if (at < view.from || at > view.to) continue;
      const here = Math.max(least, x(at));
      const last = dots.at(-1);
      if (last !== undefined && here - last.x < TOUCH) {
        last.steps.push(step);
        last.to = at;
        if (last.mark !== (mark?.kind ?? null)) last.mark = "some";
      } else {
        const drawn = { x: here, y, width: DOT, height: DOT, from: at, to: at };
        dots.push({ ...drawn, steps: [step], mark: mark?.kind ?? null, card: mark?.card ?? true });
      }
    }
    for (const dot of dots) {
      if (dot.steps.length === 1) continue;
      dot.height = 2 * ring;
      dot.width = Math.max(dot.height, look.measure(String(dot.steps.length), true) + 6);
    }
    return dots;
  };

  /** Left out where a dot or another lies already: then there is no telling them apart. */
  const ghostsOf = (stops: Stop[], y: number, least: number, dots: Dot[]): Ghost[] => {
    const ghosts: Ghost[] = [];
    const taken: { x: number; width: number }[] = [...dots];
    for (const { at, was } of stops) {
      if (was === undefined || was < view.from || was > view.to) continue;
      const here = Math.max(least, x(was));
      const dot = dots.find((one) => at >= one.from && at <= one.to);
      if (taken.some((one) => Math.abs(one.x - here) < one.width / 2 + DOT)) continue;
      taken.push({ x: here, width: DOT });
      ghosts.push({ x: here, y, to: dot?.x ?? within(x(at)) });
    }
    return ghosts;
  };

  const branchesOf = (lived: Lived, begin: number, from: number): { rows: Branch[]; y: number } => {
    let y = from;
    const end = lived.ended === null ? right : x(lived.ended);
    const rows = lived.bends
      .map((bend) => ({
        bend,
        at: Math.min(Math.max(x(bend.at), begin), Math.max(end, begin), right - 7 * BEND),
      }))
      .filter(({ bend, at }) => at >= begin && bend.at <= view.to)
      .sort((a, b) => b.at - a.at)
      .map(({ bend, at }): Branch => {
        const words = bend.kind === "unneeded" ? look.unneeded(bend.count) : look.say(bend.title);
        const name = label(words, at + BEND - 4, 0, bend.kind === "taken");
        const room = ring + 9 + 4 * look.scale + name.lines.length * step;
        y += bend.stops.length > 0 ? Math.max(room, 2 * FINGER) : room;
        const dots = dotsOf(bend.stops, y, at + BEND + 10);
        const finish = Math.max(at + BEND + 28, dots.at(-1)?.x ?? 0);
        return {
          kind: bend.would ? "would" : bend.kind,
          d: bent(at, 0, y, Math.min(finish, right)),
          label: { ...name, y: y - ring - 2 },
          dots,
          ghosts: ghostsOf(bend.stops, y, at + BEND + 10, dots),
        };
      });
    return { rows, y };
  };

  let y = life;
  const lanes: Lane[] = [];
  for (const strand of story.strands) {
    if (strand.to < view.from || strand.from > view.to) continue;
    const lived = strand.lived.filter((one) => one.to >= view.from && one.from <= view.to);
    const enters = Math.min(x(strand.from), right - 6 * BEND);
    const begin = Math.max(enters + BEND, EDGE);
    const title = label(look.say(strand.title), begin, 0, lived.length > 0);
    y += (lived.length > 0 ? ring + 21 : 20) + 2 * look.scale + title.lines.length * step;
    const inView = enters >= 0;
    const lead = (from: number, to: number): string =>
      inView && x(from) <= enters + BEND
        ? bent(enters, -y - LOOSE, 0, within(x(to)))
        : `M${within(x(from))} 0L${within(Math.max(x(to), x(from) + 6))} 0`;
    const lane: Lane = {
      strand,
      y,
      whole: strand.laidDown ? lead(strand.from, strand.to) : null,
      lived: lived.map((one) => ({
        d: lead(one.from, one.to),
        over: one.run.state === "ended",
        mark: one.mark,
      })),
      title: { ...title, y: -ring - 4 },
      mark:
        lived.length > 0 && lived.every((one) => one.mark === lived[0]?.mark)
          ? (lived[0]?.mark ?? null)
          : null,
      dots: [],
      ghosts: [],
      branches: [],
      more: [],
    };
    const stops = plain
      ? lived.flatMap((one) => [...one.own, ...one.bends.flatMap((bend) => bend.stops)])
      : lived.flatMap((one) => one.own);
    stops.sort((a, b) => a.at - b.at);
    lane.dots = dotsOf(stops, 0, begin);
    lane.ghosts = ghostsOf(stops, 0, begin, lane.dots);
    let below = lane.dots.length > 0 ? 8 : 0;
    for (const one of plain ? [] : lived) {
      const { rows, y: reached } = branchesOf(one, Math.max(x(one.from) + BEND, begin), below);
      lane.branches.push(...rows);
      below = reached;
      if (one.more === 0 || one.from > view.to) continue;
      const more = label(look.possible(one.more), Math.max(x(one.from), begin) + BEND, 0, false);
      below += 10 + more.lines.length * step;
      lane.more.push({ ...more, y: below });
    }
    y += below + (lived.length > 0 ? 14 : 4);
    lanes.push(lane);
  }

  const beside: Side[] = [];
  if (story.beside.length > 0) y += 20;
  for (const of of story.beside) {
    if (of.from > view.to) continue;
    const from = within(x(of.from));
    const name = label(of.name, Math.max(from, EDGE), 0, true);
    y += ring + 13 + 2 * look.scale + name.lines.length * step;
    beside.push({
      of,
      y,
      from,
      born: within(x(of.born)),
      name: { ...name, y: -ring - 2 },
      dots: dotsOf(of.stops, 0, EDGE),
    });
    y += 10;
  }
  return {
    height: y + 20,
    life,
    today: x(story.now),
    born: within(story.begins === null ? -BEND : x(story.begins)),
    ticks: scale
      .ticks(Math.max(2, look.width / (110 * look.scale)))
      .map((at) => ({ at: at.getTime(), x: x(at.getTime()) })),
    milestones: apart(
      story.milestones
        .filter(({ at }) => at >= view.from && at <= view.to)
        .map((one) => ({ ...one, x: x(one.at) })),
    ),
    lanes,
    beside,
  };
}

/** Points on the life line that can be told apart; those with a name come first. */
function apart<P extends { x: number; named: boolean }>(points: P[]): P[] {
  const kept: P[] = [];
  for (const point of [...points.filter((one) => one.named), ...points.filter((one) => !one.named)])
    if (point.named || kept.every((one) => Math.abs(one.x - point.x) > 14)) kept.push(point);
  return kept;
}

/** How far down a step, or the lane of a run, is drawn. */
export function depthOf({ lanes }: Picture, key: string): number | undefined {
  for (const lane of lanes) {
    if (lane.strand.lived.some((one) => one.run.id === key)) return lane.y;
    for (const dot of [...lane.dots, ...lane.branches.flatMap((branch) => branch.dots)])
      if (dot.steps.some((step) => step.id === key)) return lane.y + dot.y;
  }
  return undefined;
}
