import type { CalendarEntry } from "../../rpc/types";
import { dayKey } from "../../shared/dates";

/** A window as it lies in one week: from which of its days to which, and how high. */
export interface Bar {
  entry: CalendarEntry;
  from: number;
  to: number;
  lane: number;
}

export interface Day {
  key: string;
  inMonth: boolean;
  /** Visits, deadlines and last days of windows: what the day is marked for. */
  marks: CalendarEntry[];
  /** What lies on the day and has no room in the picture. */
  more: number;
}

export interface Week {
  days: Day[];
  bars: Bar[];
}

/** A window longer than this says nothing about a day but its last one. */
const LONGEST = 92;
export const LANES = 3;
export const MARKS = 3;
const DAY = 86_400_000;

const at = (key: string): number => Date.parse(`${key}T00:00:00Z`);
const key = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const monthOf = (day: string): string => day.slice(0, 7);

/** The month that many months on; negative goes back. */
export function monthAfter(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return key(Date.UTC(year, number - 1 + count, 1)).slice(0, 7);
}

/** Where a key leads from a day, as in every grid of days; nowhere with any other key. */
export function dayByKey(day: string, pressed: string): string | undefined {
  const away = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[pressed];
  if (away !== undefined) return key(at(day) + away * DAY);
  const weekday = (new Date(at(day)).getUTCDay() + 6) % 7;
  if (pressed === "Home") return key(at(day) - weekday * DAY);
  if (pressed === "End") return key(at(day) + (6 - weekday) * DAY);
  if (pressed !== "PageUp" && pressed !== "PageDown") return undefined;
  const month = monthAfter(monthOf(day), pressed === "PageUp" ? -1 : 1);
  const last = key(at(`${monthAfter(month, 1)}-01`) - DAY);
  const same = `${month}${day.slice(7)}`;
  return same > last ? last : same;
}

/** The first and the last day of an entry. */
export function daysOf(entry: CalendarEntry, now: string): [string, string] {
  const first = dayKey(entry.start, now);
  return entry.kind === "window" && entry.end !== null ? [first, dayKey(entry.end, now)] : [first, first];
}

const isShort = (first: string, last: string): boolean => at(last) - at(first) <= LONGEST * DAY;

/** Everything that lies on a day, visits first; of long windows only what ends on it. */
export function onDay(entries: CalendarEntry[], day: string, now: string): CalendarEntry[] {
  const order = { appointment: 0, deadline: 1, window: 2 };
  return entries
    .filter((entry) => {
      const [first, last] = daysOf(entry, now);
      return isShort(first, last) ? first <= day && day <= last : last === day;
    })
    .sort((a, b) => order[a.kind] - order[b.kind] || a.start.localeCompare(b.start));
}

/** The weeks of a month, Monday first, whole weeks at both ends. */
export function weeksOf(month: string, entries: CalendarEntry[], now: string): Week[] {
  const first = at(`${month}-01`);
  const end = at(`${monthAfter(month, 1)}-01`);
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY;
  const weeks: Week[] = [];
  for (let start = monday; start < end; start += 7 * DAY) {
    const { bars, hidden } = barsIn(start, entries, now);
    const days = [0, 1, 2, 3, 4, 5, 6].map((place): Day => {
      const day = key(start + place * DAY);
      const marks = entries.filter((entry) => {
        const [first, last] = daysOf(entry, now);
        return entry.kind === "window" ? last === day && !isShort(first, last) : first === day;
      });
      const unseen = hidden.filter(({ from, to }) => from <= place && place <= to).length;
      const more = unseen + Math.max(0, marks.length - MARKS);
      return { key: day, inMonth: monthOf(day) === month, marks, more };
    });
    weeks.push({ days, bars });
  }
  return weeks;
}

/** Those that end first lie highest: they are the ones to see. */
function barsIn(
  start: number,
  entries: CalendarEntry[],
  now: string,
): { bars: Bar[]; hidden: Omit<Bar, "lane">[] } {
  const end = start + 6 * DAY;
  const windows = entries
    .filter((entry) => entry.kind === "window")
    .map((entry) => ({ entry, days: daysOf(entry, now) }))
    .filter(({ days: [first, last] }) => isShort(first, last) && at(first) <= end && at(last) >= start)
    .sort((a, b) => a.days[1].localeCompare(b.days[1]) || a.entry.id.localeCompare(b.entry.id));
  const bars: Bar[] = [];
  const hidden: Omit<Bar, "lane">[] = [];
  for (const { entry, days } of windows) {
    const from = Math.max(0, (at(days[0]) - start) / DAY);
    const to = Math.min(6, (at(days[1]) - start) / DAY);
    const lanes = Array.from({ length: LANES }, (_, lane) => lane);
    const lane = lanes.find((one) => bars.every((bar) => bar.lane !== one || bar.to < from || bar.from > to));
    if (lane === undefined) hidden.push({ entry, from, to });
    else bars.push({ entry, from, to, lane });
  }
  return { bars, hidden };
}
