import { expect, test } from "vitest";
import type { CalendarEntry } from "../../rpc/types";
import { conflictOf } from "./conflicts";

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
  expect(conflictOf(doctor, [doctor, child])?.id).toBe("child");
  expect(conflictOf(child, [doctor, child])?.id).toBe("doctor");
});

test("one after the other, what was cancelled, and what has no hour are no conflict", () => {
  const doctor = visit("doctor", at("10:00"), at("10:30"));
  const next = visit("next", at("10:30"), at("11:00"));
  const over = visit("over", at("10:00"), at("10:30"), { state: "cancelled" });
  const day = visit("day", "2026-11-23", null, { all_day: true });
  const window = visit("window", at("10:00"), at("12:00"), { kind: "window" });
  for (const other of [next, over, day, window]) {
    expect(conflictOf(doctor, [doctor, other])).toBe(undefined);
    expect(conflictOf(other, [doctor, other])).toBe(undefined);
  }
});
