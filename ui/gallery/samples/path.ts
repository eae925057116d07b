import type { LifeLine, Path, PathRun, PathStep, Supposable, WhatIf } from "../../src/rpc/types";
import type { StepState } from "../../src/generated/StepState";
import { states } from "./cards";
import { forks } from "./detail";
import { anna, both, NOW, son } from "./people";
import { manyOptions, questions } from "./questions";

const STARTS: Partial<Record<StepState, string>> = {
  done: "2026-10-12",
  declined: "2026-10-20",
  cancelled: "2026-11-02",
  overdue: "2026-11-10",
};

export const steps: PathStep[] = Object.values(states).map((card) => ({
  id: card.id,
  title: card.title,
  state: card.state,
  opens: STARTS[card.state] ?? "2026-11-20",
  due: card.until,
  when: card.when,
  fork: null,
  pending: card.pending,
  deadline: card.deadline,
}));

const run = (id: string, ru: string, en: string, other: Partial<PathRun>): PathRun => ({
  id,
  situation: id,
  title: both(ru, en),
  state: "active",
  from: "2026-10-05",
  to: "2027-07-12",
  ended_at: null,
  steps,
  forks,
  ...other,
});

export const runs = {
  active: run("pregnancy:anna", "Беременность", "Pregnancy", {}),
  ended: run("moving:anna", "Переезд", "Moving house", {
    state: "ended",
    from: "2026-08-01",
    to: null,
    ended_at: "2026-09-20",
    steps: steps.filter(({ state }) => ["done", "declined", "cancelled"].includes(state)),
    forks: forks.slice(0, 1),
  }),
};

export const path: Path = {
  resident: anna,
  born: "1994-03-12",
  now: NOW,
  runs: Object.values(runs),
};
const visit = (id: string, ru: string, en: string, due: string, other: Partial<PathStep> = {}): PathStep => ({
  id,
  title: both(ru, en),
  state: "upcoming",
  opens: null,
  due,
  when: null,
  fork: null,
  pending: null,
  deadline: "rec",
  ...other,
});
export const otherPath: Path = {
  resident: son,
  born: "2026-11-13",
  now: NOW,
  runs: [
    run("infant:petya", "Первый год", "The first year", {
      from: "2026-11-13",
      forks: [],
      steps: [
        visit("petya-nurse", "Патронаж на дому", "A nurse’s visit at home", "2026-11-25", { state: "open" }),
        visit("petya-doctor", "Первый осмотр", "The first check-up", "2026-12-13"),
      ],
    }),
  ],
};

export const life: LifeLine = {
  resident: anna.id,
  from: "1993-06-20",
  to: "2094-03-12",
  known_until: "2026-11-20",
  milestones: [
    milestone("conception", "1993-06-20", "Начало", "The beginning", false),
    milestone("birth", "1994-03-12", "Рождение", "Birth", false),
    { ...milestone("begins", "2000-09-01", "Школа", "School", false), run: "school:anna@2000" },
    milestone("begins", "2054-03-12", "Пенсия", "Pension", true),
  ],
  spans: [
    span("school:anna@2000", "Школа", "School", "2000-09-01", "2011-06-30", false),
    span("checkup:anna@2026", "Диспансеризация", "Check-ups", "2012-03-12", null, true),
  ],
  unborn: [],
};

function milestone(
  kind: "conception" | "birth" | "begins",
  at: string,
  ru: string,
  en: string,
  expected: boolean,
) {
  return { kind, at, title: both(ru, en), run: null, situation: null, age: null, expected };
}
function span(key: string, ru: string, en: string, from: string, to: string | null, ends_expected: boolean) {
  return { run: key, situation: key, title: both(ru, en), from, to, expected: false, ends_expected };
}

export const supposable: Supposable[] = [
  { domain: "health", begins: true, question: questions.bool },
  { domain: "education", begins: false, question: manyOptions },
  { domain: "money", begins: false, question: questions.quantity },
];

const nothing: WhatIf = {
  now: "2026-11-23",
  begins: [],
  ends: [],
  turns: [],
  runs: [],
  appears: [],
  moves: [],
  stops: [],
  unused: [],
};
const supposed = {
  state: "upcoming",
  opens: "2026-12-01",
  due: "2026-12-14",
  opened: null,
  was_due: null,
} as const;

const would = ({ id, title, state, opens, due }: PathStep, was: string | null = null) => ({
  id,
  title,
  state,
  opens,
  due,
  opened: null,
  was_due: was,
});
const extra = [
  visit("scan-4w", "УЗИ раз в четыре недели", "A scan every four weeks", "2027-01-18", { fork: "plain" }),
  visit("level", "Выбрать роддом третьего уровня", "Choose a level three hospital", "2027-03-01"),
];
const later = visit("open", "Прививка от гриппа", "Flu vaccination", "2027-02-10");
const moving = run("moving:anna:2", "Переезд за город", "A move to the country", {
  from: "2027-01-15",
  to: null,
  forks: [],
  steps: [
    visit("register", "Прописка на новом месте", "Registering at the new home", "2027-01-22"),
    visit("clinic", "Прикрепление к поликлинике", "Joining a clinic", "2027-03-15"),
  ],
});
/** The path of Anna, told with twins and a move. */
export const pretended: WhatIf = {
  ...nothing,
  begins: [{ id: moving.id, title: moving.title }],
  turns: [{ text: forks[1]?.text ?? both("", ""), does: both("", "") }],
  appears: [...extra, ...moving.steps].map((step) => would(step)),
  moves: [would(later, "2026-12-20")],
  stops: steps.filter(({ state }) => state === "upcoming" || state === "booked").map((step) => would(step)),
  runs: [
    {
      ...runs.active,
      steps: [...extra, later],
      forks: forks.slice(1, 2).map((fork) => ({ ...fork, taken: "yes" as const })),
    },
    moving,
  ],
};

/** What would be otherwise, by whose life it is. */
export const whatIfs: Record<string, WhatIf> = {
  same: nothing,
  much: {
    ...nothing,
    begins: [{ id: "quitting:anna", title: both("Отказ от курения", "Quitting smoking") }],
    ends: [{ id: "care:anna", title: both("Обычное наблюдение", "The usual care") }],
    turns: [
      {
        text: both("Частые осмотры", "Frequent visits"),
        does: both("Врач смотрит чаще", "The doctor looks more often"),
      },
    ],
    appears: [1, 2, 3, 4, 5, 6, 7].map((number) => ({
      ...supposed,
      id: `visit-${number}`,
      title: both(`Осмотр ${number}`, `Visit ${number}`),
    })),
    moves: [
      {
        ...supposed,
        id: "vaccination",
        title: both("Прививка", "Vaccination"),
        opened: "2027-01-10",
        was_due: "2027-01-31",
      },
    ],
    stops: [{ ...supposed, id: "pool", title: both("Справка в бассейн", "Certificate for the pool") }],
    unused: [both("Дата в будущем не подходит.", "A date in the future does not fit.")],
  },
};
