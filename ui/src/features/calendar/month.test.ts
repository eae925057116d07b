import { describe, expect, test } from "vitest";
import type { CalendarEntry } from "../../rpc/types";
import { dayByKey, monthAfter, onDay, weeksOf } from "./month";

const NOW = "2026-11-23T10:00:00+03:00";

function entry(
  id: string,
  kind: CalendarEntry["kind"],
  start: string,
  end: string | null = null,
): CalendarEntry {
  return { id, kind, start, end } as CalendarEntry;
}

describe("a month", () => {
  test("begins on the Monday before it and ends on the Sunday after it", () => {
    const weeks = weeksOf("2026-11", [], NOW);
    expect(weeks.length).toBe(6);
    expect(weeks[0]?.days[0]?.key).toBe("2026-10-26");
    expect(weeks[0]?.days.map((day) => day.inMonth)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
    expect(weeks[5]?.days[0]?.key).toBe("2026-11-30");
    expect(weeks[5]?.days[6]?.key).toBe("2026-12-06");
  });

  test("of a year's end leads into the next year", () => {
    expect(monthAfter("2026-12", 1)).toBe("2027-01");
    expect(monthAfter("2027-01", -1)).toBe("2026-12");
  });

  test("shows a visit late in the evening on the day of the clock on the wall", () => {
    const visit = entry("v", "appointment", "2026-11-24T23:30:00+03:00");
    const days = weeksOf("2026-11", [visit], NOW).flatMap((week) => week.days);
    expect(days.filter((day) => day.marks.length > 0).map((day) => day.key)).toEqual(["2026-11-24"]);
  });

  test("draws a window as a bar in each week it lies in", () => {
    const window = entry("w", "window", "2026-11-26", "2026-12-02");
    const bars = weeksOf("2026-11", [window], NOW).flatMap((week) =>
      week.bars.map(({ from, to }) => [from, to]),
    );
    expect(bars).toEqual([
      [3, 6],
      [0, 2],
    ]);
  });

  test("lays windows over each other and counts on each day what finds no room", () => {
    const windows = ["a", "b", "c", "d"].map((id) => entry(id, "window", "2026-11-23", "2026-11-25"));
    const week = weeksOf("2026-11", windows, NOW)[4];
    expect(week?.bars.map((bar) => bar.lane)).toEqual([0, 1, 2]);
    expect(week?.days.map(({ more }) => more)).toEqual([1, 1, 1, 0, 0, 0, 0]);
  });

  test("counts the visits of a day that have no mark of their own", () => {
    const visits = [1, 2, 3, 4, 5].map((hour) =>
      entry(`${hour}`, "appointment", `2026-11-24T0${hour}:30:00+03:00`),
    );
    const days = weeksOf("2026-11", visits, NOW).flatMap((week) => week.days);
    expect(days.find(({ key }) => key === "2026-11-24")?.more).toBe(2);
  });

  test("marks only the last day of a window that is open for months", () => {
    const window = entry("w", "window", "2026-06-01", "2026-11-30");
    const weeks = weeksOf("2026-11", [window], NOW);
    expect(weeks.flatMap((week) => week.bars)).toEqual([]);
    expect(onDay([window], "2026-11-23", NOW)).toEqual([]);
    expect(onDay([window], "2026-11-30", NOW)).toEqual([window]);
  });
});

test("a day shows its visit before its windows", () => {
  const window = entry("w", "window", "2026-11-20", "2026-11-25");
  const visit = entry("v", "appointment", "2026-11-23T12:00:00+03:00");
  expect(onDay([window, visit], "2026-11-23", NOW)).toEqual([visit, window]);
});

test("arrows walk by days and weeks, Home and End to the ends of a week, pages by months", () => {
  const from = (day: string) => (pressed: string) => dayByKey(day, pressed);
  expect(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map(from("2026-12-01"))).toEqual([
    "2026-11-30",
    "2026-12-02",
    "2026-11-24",
    "2026-12-08",
  ]);
  expect(["Home", "End"].map(from("2026-11-25"))).toEqual(["2026-11-23", "2026-11-29"]);
  expect(["PageUp", "PageDown"].map(from("2027-03-31"))).toEqual(["2027-02-28", "2027-04-30"]);
  expect(dayByKey("2026-11-25", "a")).toBeUndefined();
});
