import { expect, test } from "vitest";
import type { ForkView, Path, PathRun, PathStep } from "../../rpc/types";
import { draw, fitting, wrap, type Label, type Look, type Picture, type Zoom } from "./draw";

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
const many = Array.from({ length: 15 }, (_, index) => fork(String(index), {}));
const crowded = path(
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
);
const benign = path(
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
);

const labels = ({ lanes }: Picture): Label[] =>
  lanes.flatMap((lane) => [lane.title, ...lane.branches.map((one) => one.label), lane.more ?? []].flat());
const box = (label: Label, scale: number) => ({
  left: label.x,
  right: label.x + label.width,
  top: label.y - 16 * scale * (label.lines.length - 1) - 12 * scale,
  bottom: label.y + 3 * scale,
});

for (const width of [280, 328, 860])
  for (const scale of [1, 2])
    for (const zoom of ["life", "year", "month"] as Zoom[])
      for (const [name, of] of Object.entries({ crowded, benign }))
        test(`no label lies on another or leaves the picture: ${name}, ${zoom}, ${width} px, letters × ${scale}`, () => {
          const picture = draw(of, zoom, look(width, scale));
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
  const lane = draw(crowded, "month", look(328)).lanes.find((one) => one.run.id === "check-up");
  expect(lane?.branches.map((branch) => branch.kind)).toEqual(["ahead", "ahead"]);
  expect(lane?.more?.lines.join(" ")).toContain("13");
});

test("the turn that came carries its steps, and the way not needed is named and counts its own", () => {
  const [lane] = draw(benign, "month", look(328)).lanes;
  const kinds = lane?.branches.map(({ kind, dots }) => [kind, dots.map((dot) => dot.steps.length)]);
  expect(kinds).toContainEqual(["taken", [1]]);
  expect(kinds).toContainEqual(["unneeded", [1]]);
  expect(lane?.branches.find((one) => one.kind === "unneeded")?.label.lines).toEqual(["Не понадобилось: 2"]);
});

test("a feared turn that did not come is drawn nowhere", () => {
  expect(JSON.stringify(draw(benign, "month", look(328)).lanes.map((lane) => lane.branches))).not.toContain(
    "malignant",
  );
});

test("steps close together are one dot that counts them, never two under one finger", () => {
  for (const lane of draw(crowded, "year", look(328)).lanes) {
    const xs = lane.dots.map((dot) => dot.x);
    for (const [index, x] of xs.entries())
      if (index > 0) expect(x - (xs[index - 1] ?? 0)).toBeGreaterThanOrEqual(26);
  }
});

test("a path with something soon opens close up", () => {
  expect(fitting(benign)).toBe("year");
  expect(fitting(path(run("soon", "2026-11-23", { steps: [step("a", { due: "2026-12-01" })] })))).toBe(
    "month",
  );
});

test("words too long for two lines end in an ellipsis", () => {
  expect(wrap("раз два три четыре пять", 8, (text) => text.length)).toEqual(["раз два", "три чет…"]);
});
