import type { CalendarEntry } from "../../rpc/types";

const HOUR = 3_600_000;

/** The other visits that an entry lies across: nobody is in two places, nor brings two children to two. */
export function conflictsOf(entry: CalendarEntry, all: readonly CalendarEntry[]): CalendarEntry[] {
  const mine = hours(entry);
  if (mine === null) return [];
  return all.filter((other) => {
    const theirs = other.id === entry.id ? null : hours(other);
    return theirs !== null && mine[0] < theirs[1] && theirs[0] < mine[1];
  });
}

/** From when to when somebody has to be there; none for what has no hour, or is over. */
function hours({ kind, all_day, start, end, state }: CalendarEntry): [number, number] | null {
  if (kind !== "appointment" || all_day || !["held", "booked"].includes(state)) return null;
  const from = Date.parse(start);
  return [from, end === null ? from + HOUR : Date.parse(end)];
}
