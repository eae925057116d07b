import type { CalendarEntry, CalendarSubscription, Slot } from "../../src/rpc/types";
import type { EntryKind } from "../../src/generated/EntryKind";
import { anna, both, mother, son } from "./people";

const entry = (id: string, other: Partial<CalendarEntry>): CalendarEntry => ({
  id,
  title: both("Визит", "A visit"),
  kind: "appointment",
  start: "2026-11-23T10:00:00+03:00",
  end: "2026-11-23T10:30:00+03:00",
  all_day: false,
  whose: anna,
  place: both("Поликлиника № 5", "Clinic No. 5"),
  address: null,
  practitioner: null,
  way: null,
  preparation: null,
  state: "booked",
  pending: null,
  card: null,
  appointment: id,
  ...other,
});

const kinds: Record<EntryKind, CalendarEntry> = {
  appointment: entry("visit", {
    address: both("ул. Речная, 14", "14 Rechnaya Street"),
    practitioner: both("Терапевт М. С. Орлова", "GP M. S. Orlova"),
    card: "visit",
    way: both(
      "автобус 3 до остановки «Речная»; вход со двора",
      "bus 3 to the Rechnaya stop; entrance from the yard",
    ),
    preparation: both("Утром не завтракайте.", "Have no breakfast in the morning."),
  }),
  window: entry("window", {
    kind: "window",
    title: both("Прививка", "Vaccination"),
    start: "2026-11-23",
    end: "2026-12-05",
    all_day: true,
    state: "open",
    place: null,
  }),
  deadline: entry("deadline", {
    kind: "deadline",
    title: both("Налог на квартиру", "Tax on the flat"),
    start: "2026-11-25",
    end: null,
    all_day: true,
    state: "due_soon",
    place: null,
  }),
};

export const entries: CalendarEntry[] = [
  kinds.appointment,
  entry("meets", {
    whose: son,
    title: both("Визит с ребёнком", "A visit with the child"),
    start: "2026-11-23T10:15:00+03:00",
    end: "2026-11-23T10:45:00+03:00",
  }),
  kinds.window,
  kinds.deadline,
  entry("waiting", { start: "2026-11-25T15:00:00+03:00", end: null, whose: mother, pending: "waiting" }),
  entry("refused", { start: "2026-11-25T18:20:00+03:00", end: null, pending: "refused" }),
];

/** What the place of the hour says of what has none. */
const allDay = (kind: EntryKind, state: CalendarEntry["state"]): CalendarEntry => ({
  ...kinds[kind],
  id: `${kind} ${state}`,
  state,
});
export const withoutHours: CalendarEntry[] = [
  ...(["upcoming", "open", "due_soon", "overdue"] as const).map((state) => allDay("window", state)),
  ...(["upcoming", "overdue"] as const).map((state) => allDay("deadline", state)),
];
export const agreed: CalendarEntry[] = [{ ...kinds.appointment, pending: "waiting" }];

/** Bars of a month: of many days, of one, and one on another. */
export const bars: CalendarEntry[] = [
  kinds.window,
  {
    ...kinds.window,
    id: "long",
    title: both("Осмотр в первый месяц", "A look in the first month"),
    end: "2026-12-13",
  },
  {
    ...kinds.window,
    id: "day",
    title: both("Подготовка к анализу", "Getting ready for a test"),
    start: "2026-11-19",
    end: "2026-11-19",
  },
];

export const days: [string, CalendarEntry[]][] = [
  ["2026-11-23", entries.slice(0, 3)],
  ["2026-11-26", entries.slice(3).map((one) => ({ ...one, start: one.start.replace("-25", "-26") }))],
];

const slot = (start: string): Slot => ({
  id: start,
  start,
  end: start,
  place: null,
  practitioner: both("Терапевт М. С. Орлова", "GP M. S. Orlova"),
});
export const slots: Slot[] = ["24T10:00", "24T10:30", "24T16:15", "26T08:00", "26T19:30"].map((time) =>
  slot(`2026-11-${time}:00+03:00`),
);

const link = { since: "2026-11-02T10:00:00+03:00", read: null, url: null };
export const subscriptions: Record<string, CalendarSubscription> = {
  "the city has none": { offered: false, link: null },
  "none yet": { offered: true, link: null },
  "just made": {
    offered: true,
    link: { ...link, url: "https://city.example/calendar/4f1c9a7e0b7d4c2f.ics" },
  },
  "read by nobody yet": { offered: true, link },
  "read by a calendar": { offered: true, link: { ...link, read: "2026-11-22T07:00:00+03:00" } },
};
