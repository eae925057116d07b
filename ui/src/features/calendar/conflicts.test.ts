import { expect, test } from "vitest";
import type { CalendarEntry } from "../../rpc/types";
import { conflictsOf } from "./conflicts";

const visit = (
  id: string,
  start: string,
  end: string | null,
  of: Partial<CalendarEntry> = {},
): CalendarEntry =>
  ({ id, kind: "appointment", all_day: false, state: "booked", start, end, ...of }) as CalendarEntry;
const at = (time: string): string => `2026-11-23T${time}:00+03:00`;

test("two visits at once are named to each other, whoever they are for", () => {
  const doctor = visit("doctor", at("10:00"), at("10:30"));
  const child = visit("child", at("10:20"), null, { state: "held" });
  const ids = (one: CalendarEntry, all: CalendarEntry[]) => conflictsOf(one, all).map(({ id }) => id);
  expect(ids(doctor, [doctor, child])).toEqual(["child"]);
  expect(ids(child, [doctor, child])).toEqual(["doctor"]);
  const mother = visit("mother", at("10:10"), at("11:00"));
  expect(ids(child, [doctor, child, mother])).toEqual(["doctor", "mother"]);
});

test("one after the other, what was cancelled, and what has no hour are no conflict", () => {
  const doctor = visit("doctor", at("10:00"), at("10:30"));
  const next = visit("next", at("10:30"), at("11:00"));
  const over = visit("over", at("10:00"), at("10:30"), { state: "cancelled" });
  const day = visit("day", "2026-11-23", null, { all_day: true });
  const window = visit("window", at("10:00"), at("12:00"), { kind: "window" });
  for (const other of [next, over, day, window]) {
    expect(conflictsOf(doctor, [doctor, other])).toEqual([]);
    expect(conflictsOf(other, [doctor, other])).toEqual([]);
  }
});
