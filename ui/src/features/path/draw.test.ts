import { expect, test } from "vitest";
import type { ForkView, LifeLine, Path, PathRun, PathStep, WhatIf } from "../../rpc/types";
import { chronicle } from "./chronicle";
import { depthOf, draw, wrap, type Dot, type Label, type Look, type Picture } from "./draw";
import {
  CLOSENESS,
  closenessOf,
  DAY,
  fitting,
  sight,
  story,
  viewOf,
  type Closeness,
  type Story,
} from "./story";
import { would } from "./would";

const say = (text: { ru: string }): string => text.ru;
const words = (ru: string) => ({ ru, en: ru });
const look = (width: number, scale = 1): Look => ({
  width,
  scale,
  measure: (text) => text.length * 7.2 * scale,
  say,
  unneeded: (count) => `Не понадобилось: ${count}`,
  possible: (count) => `и ещё возможные повороты: ${count}`,
});
const step = (id: string, of: Partial<PathStep>): PathStep => ({
  pending: null,
  id,
  title: words(id),
  state: "upcoming",
  opens: null,
  due: null,
  when: null,
  fork: null,
  deadline: "rec",
  ...of,
});
const fork = (id: string, of: Partial<ForkView>): ForkView => ({
  fork: id,
  text: words(`Поворот ${id} с довольно длинным названием, как в жизни`),
  does: words(""),
  taken: "unknown",
  feared: false,
  human: false,
  confidence: "high",
  brings: [],
  ...of,
});
const run = (id: string, from: string, of: Partial<PathRun>): PathRun => ({
  id,
  situation: id,
  title: words(`История ${id}, которую важно обсудить с врачом`),
  state: "active",
  from,
  to: null,
  ended_at: null,
  steps: [],
  forks: [],
  ...of,
});
const path = (...runs: PathRun[]): Path => ({
  resident: { id: "anna", name: "Анна", relation: "myself" } as Path["resident"],
  born: "1996-05-17",
  now: "2026-11-23T10:00:00+03:00",
  runs,
});
const told = (of: Path, life?: LifeLine): Story => story(of, life, [], "Малыш");
const drawn = (of: Story, close: Closeness, width = 328, scale = 1): Picture =>
  draw(of, viewOf(of, close), look(width, scale));
const many = Array.from({ length: 15 }, (_, index) => fork(String(index), {}));
const crowded = told(
  path(
    run("check-up", "2026-01-01", {
      to: "2026-12-31",
      forks: many,
      steps: Array.from({ length: 20 }, (_, index) => step(`c${index}`, { due: "2026-11-30" })),
    }),
    run("result", "2026-11-23T09:00:00+03:00", {
      forks: [fork("high", { taken: "yes" }), fork("slot", { taken: "yes" }), ...many.slice(0, 6)],
      steps: [
        step("gp", { state: "held", when: "2026-11-23T19:30:00+03:00" }),
        step("call", { state: "open", due: "2026-11-24", fork: "high" }),
        step("centre", { state: "open", due: "2026-11-26", fork: "slot" }),
      ],
    }),
    run("birth", "2026-11-13", { forks: many.slice(0, 4) }),
  ),
);
const benign = told(
  path(
    run("result", "2026-11-16T09:00:00+03:00", {
      state: "ended",
      ended_at: "2026-11-23T09:30:00+03:00",
      forks: [fork("benign", { taken: "yes" }), fork("malignant", { taken: "no", feared: true }), ...many],
      steps: [
        step("gp", { state: "done", when: "2026-11-17T10:00:00+03:00" }),
        step("onco", { state: "cancelled", due: "2026-11-26" }),
        step("biopsy", { state: "cancelled" }),
        step("control", { state: "held", when: "2026-11-27T10:00:00+03:00", fork: "benign" }),
      ],
    }),
  ),
);
/** The year's check-up lies in a stretch that goes on; the passport is still to come, and so is a child. */
const line: LifeLine = {
  resident: "anna",
  from: "1995-05-17",
  to: "2096-05-17",
  known_until: "2026-11-23",
  milestones: [
    {
      kind: "birth",
      at: "1996-05-17",
      title: words("Рождение"),
      run: null,
      situation: null,
      age: null,
      expected: false,
    },
  ],
  spans: [
    {
      run: "check-up:anna@2014",
      situation: "check-up",
      title: words("Ежегодный осмотр"),
      from: "2014-01-01",
      to: null,
      expected: false,
      ends_expected: true,
    },
    {
      run: "passport:anna@45y",
      situation: "passport",
      title: words("Паспорт"),
      from: "2041-05-17",
      to: "2042-05-17",
      expected: true,
      ends_expected: true,
    },
    {
      run: "loss:1",
      situation: "loss",
      title: words("То, о чём молчат"),
      from: "2026-11-01",
      to: null,
      expected: false,
      ends_expected: true,
    },
  ],
  unborn: [{ run: "birth", conceived: "2026-10-19", born: "2027-07-12" }],
};
const mother: Path = { ...path(run("mine", "2026-01-01", {})), born: "1960-01-01" };
mother.resident = { id: "mother", name: "Мама" } as Path["resident"];
const whole = story(
  path(
    run("check-up", "2026-01-01", { steps: [step("c", { due: "2026-11-30" })] }),
    run("birth", "2026-10-05", { steps: [step("b", { due: "2027-01-30" })] }),
  ),
  line,
  [mother],
  "Малыш",
);

/** Twins would bring a scan and a turn, move the leave, spare a class, and begin a story of their own. */
const is = path(
  run("birth", "2026-10-05", {
    forks: [fork("twins", {}), ...many.slice(0, 3)],
    steps: [
      step("leave", { due: "2027-05-03" }),
      step("class", { due: "2027-02-01" }),
      step("usual", { due: "2027-02-02" }),
      step("booked", { state: "booked", when: "2026-12-01T10:00:00+03:00" }),
    ],
  }),
);
const changed = { state: "upcoming", opens: null, opened: null, was_due: null } as const;
const scan = step("scan", { due: "2027-01-18", fork: "twins" });
const place = step("place", { due: "2026-12-20" });
const found: WhatIf = {
  now: "2026-11-23",
  begins: [{ id: "twice", title: words("Двое") }],
  ends: [],
  turns: [],
  appears: [scan, place].map(({ id, title, due }) => ({ ...changed, id, title, due })),
  moves: [{ ...changed, id: "leave", title: words("leave"), due: "2027-03-19", was_due: "2027-05-03" }],
  stops: [{ ...changed, id: "class", title: words("class"), due: "2027-02-01" }],
  unused: [],
  runs: [
    run("birth", "2026-10-05", {
      forks: [fork("twins", { taken: "yes" })],
      steps: [scan, step("leave", { due: "2027-03-19" })],
    }),
    run("twice", "2026-12-10", { steps: [place] }),
  ],
};
const pretended = story(is, undefined, [mother], "Малыш", would(is, found));
const dotsOf = ({ lanes }: Picture): Dot[] =>
  lanes.flatMap((lane) => [...lane.dots, ...lane.branches.flatMap((branch) => branch.dots)]);

const labels = ({ lanes, beside }: Picture): Label[] => [
  ...lanes.flatMap((lane) =>
    [lane.title, ...lane.branches.map((one) => one.label), ...lane.more].map((label) => ({
      ...label,
      y: label.y + lane.y,
    })),
  ),
  ...beside.map((side) => ({ ...side.name, y: side.name.y + side.y })),
];
const box = (label: Label, scale: number) => ({
  left: label.x,
  right: label.x + label.width,
  top: label.y - 16 * scale * (label.lines.length - 1) - 12 * scale,
  bottom: label.y + 3 * scale,
});

for (const width of [280, 328, 860])
  for (const scale of [1, 2])
    for (const close of CLOSENESS)
      for (const [name, of] of Object.entries({ crowded, benign, whole, pretended }))
        test(`no label lies on another or leaves the picture: ${name}, ${close}, ${width} px, letters × ${scale}`, () => {
          const picture = drawn(of, close, width, scale);
          const boxes = labels(picture).map((label) => box(label, scale));
          expect(boxes.length).toBeGreaterThan(0);
          for (const [index, one] of boxes.entries()) {
            expect(one.left).toBeGreaterThanOrEqual(0);
            expect(one.right).toBeLessThanOrEqual(width);
            expect(one.bottom).toBeLessThanOrEqual(picture.height);
            for (const other of boxes.slice(index + 1))
              expect(
                one.right <= other.left ||
                  other.right <= one.left ||
                  one.bottom <= other.top ||
                  other.bottom <= one.top,
                JSON.stringify([one, other]),
              ).toBe(true);
          }
        });

test("of many possible turns two are drawn and the others are counted", () => {
  const lane = drawn(crowded, "month").lanes.find((one) => one.strand.key === "check-up");
  expect(lane?.branches.map((branch) => branch.kind)).toEqual(["ahead", "ahead"]);
  expect(lane?.more[0]?.lines.join(" ")).toContain("13");
});

test("the turn that came carries its steps, and the way not needed is named and counts its own", () => {
  const [lane] = drawn(benign, "month").lanes;
  const kinds = lane?.branches.map(({ kind, dots }) => [kind, dots.map((dot) => dot.steps.length)]);
  expect(kinds).toContainEqual(["taken", [1]]);
  expect(kinds).toContainEqual(["unneeded", [1]]);
  expect(lane?.branches.find((one) => one.kind === "unneeded")?.label.lines).toEqual(["Не понадобилось: 2"]);
});

test("a feared turn that did not come is drawn nowhere", () => {
  expect(JSON.stringify(drawn(benign, "month").lanes.map((lane) => lane.branches))).not.toContain(
    "malignant",
  );
});

test("steps close together are one dot that counts them, never two under one finger", () => {
  for (const of of [crowded, benign, whole, pretended])
    for (const close of CLOSENESS)
      for (const { dots, branches } of drawn(of, close).lanes) {
        const all = [...dots, ...branches.flatMap((branch) => branch.dots)];
        for (const [index, one] of all.entries())
          for (const other of all.slice(index + 1))
            expect(Math.abs(one.x - other.x) >= 42 || Math.abs(one.y - other.y) >= 44).toBe(true);
      }
});

test("a number has room in its ring, of two digits and in large letters too", () => {
  for (const scale of [1, 2]) {
    const lane = drawn(crowded, "year", 328, scale).lanes.find((one) => one.strand.key === "check-up");
    const [dot] = lane?.dots ?? [];
    expect(dot?.steps.length).toBe(20);
    expect(dot?.width).toBeGreaterThanOrEqual(2 * 7.2 * scale + 6);
    expect(dot?.height).toBeGreaterThanOrEqual(12 * scale);
  }
});

test("what is soon opens close up, a view with a name is known by it", () => {
  expect(fitting(benign)).toBe("year");
  const soon = told(path(run("soon", "2026-11-23", { steps: [step("a", { due: "2026-12-01" })] })));
  expect(fitting(soon)).toBe("month");
  for (const close of CLOSENESS) expect(closenessOf(soon, viewOf(soon, close))).toBe(close);
  expect(closenessOf(soon, { from: soon.now, to: soon.now + DAY })).toBe(undefined);
});

test("a whole life shows what the calendar brings, the resident's own runs in it, a child on the way and the mother", () => {
  const { lanes, beside, born } = drawn(whole, "life", 860);
  const seen = lanes.map((lane) => [lane.strand.title.ru, lane.lived.length, lane.whole !== null]);
  expect(seen).toEqual([
    ["Паспорт", 0, true],
    ["История birth, которую важно обсудить с врачом", 1, false],
    ["Ежегодный осмотр", 1, true],
  ]);
  expect(beside.map((side) => side.of.name)).toEqual(["Малыш", "Мама"]);
  expect(beside[0]?.from).toBeLessThan(beside[0]?.born ?? 0);
  expect(born).toBeGreaterThan(0);
});

test("what facts began and the plan keeps quiet about is not drawn", () => {
  expect(whole.strands.map((strand) => strand.title.ru)).not.toContain("То, о чём молчат");
});

test("what began before the view keeps its name in sight", () => {
  const lane = drawn(whole, "week").lanes.find((one) => one.strand.title.ru === "Ежегодный осмотр");
  expect(lane?.title.x).toBeGreaterThanOrEqual(0);
  expect(lane?.title.x).toBeLessThan(40);
});

test("words too long for two lines end in an ellipsis", () => {
  expect(wrap("раз два три четыре пять", 8, (text) => text.length)).toEqual(["раз два", "три чет…"]);
});

test("what is pretended is drawn in its place: what appears, what moves and where from, what stops", () => {
  const picture = drawn(pretended, "year", 1200);
  const marks = dotsOf(picture).map(({ steps, mark, card }) => [
    steps.map(({ id }) => id).join(),
    mark,
    card,
  ]);
  expect(marks).toContainEqual(["scan", "appears", false]);
  expect(marks).toContainEqual(["leave", "moves", true]);
  expect(marks).toContainEqual(["booked", null, true]);
  const [birth] = picture.lanes.filter((lane) => lane.strand.key === "birth");
  const [ghost] = birth?.ghosts ?? [];
  const leave = birth?.dots.find((dot) => dot.mark === "moves");
  expect(ghost?.to).toBe(leave?.x);
  expect(ghost?.x).toBeGreaterThan(leave?.x ?? 0);
  expect(birth?.branches.find((branch) => branch.dots.length > 0)?.kind).toBe("would");
  const close = { from: Date.UTC(2027, 0, 30), to: Date.UTC(2027, 1, 6) };
  expect(dotsOf(draw(pretended, close, look(1200))).map(({ mark }) => mark)).toEqual(["stops", null]);
});

test("steps of which only some would be otherwise are one dot that says so", () => {
  const dot = dotsOf(drawn(pretended, "year", 1200)).find(({ steps }) =>
    steps.some(({ id }) => id === "class"),
  );
  expect([dot?.steps.length, dot?.mark]).toEqual([2, "some"]);
});

test("a story that would begin has a lane of its own, and what is stays as it is", () => {
  const picture = drawn(pretended, "year", 1200);
  const lanes = picture.lanes.map((lane) => [lane.strand.key, lane.mark]);
  expect(lanes).toEqual([
    ["twice", "appears"],
    ["birth", null],
  ]);
  const real = drawn(story(is, undefined, [], "Малыш"), "year", 1200);
  expect(dotsOf(real).every(({ mark }) => mark === null)).toBe(true);
  expect(real.lanes.every((lane) => lane.ghosts.length === 0)).toBe(true);
});

test("the first of what would be otherwise comes into sight, no nearer than it must", () => {
  const [first] = pretended.changes;
  expect(pretended.changes.map(({ key }) => key)).toEqual(["twice", "place", "scan", "class", "leave"]);
  if (first === undefined) throw new Error("nothing changes");
  const year = viewOf(pretended, "year");
  expect(sight(pretended, first, year)).toBe(year);
  for (const close of ["life", "week"] as const) {
    const view = sight(pretended, first, viewOf(pretended, close));
    expect(view.from).toBeLessThan(first.from);
    expect(view.to).toBeGreaterThan(first.to);
    expect(view.to - view.from).toBeLessThanOrEqual(year.to - year.from);
  }
  const picture = draw(pretended, year, look(328));
  expect(depthOf(picture, "scan")).toBeGreaterThan(depthOf(picture, "twice") ?? Infinity);
});

test("all the picture draws is told in words: days, stretches of a life, and nothing the plan keeps quiet about", () => {
  const entries = chronicle(whole).map(({ title, at, to, lasts, expected }) => [
    title.ru,
    new Date(at).toISOString().slice(0, 10),
    to === null ? null : new Date(to).toISOString().slice(0, 10),
    lasts,
    expected,
  ]);
  expect(entries).toEqual([
    ["Рождение", "1996-05-17", null, false, false],
    ["Ежегодный осмотр", "2014-01-01", null, true, false],
    ["Паспорт", "2041-05-17", "2042-05-17", true, true],
  ]);
});
