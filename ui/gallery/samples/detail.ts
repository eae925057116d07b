import type {
  Amount,
  CardDetail,
  Criterion,
  FactView,
  ForkView,
  InquiryView,
  ServicePlace,
} from "../../src/rpc/types";
import type { Truth } from "../../src/generated/Truth";
import { offers, states, visit } from "./cards";
import { anna, both } from "./people";
import { questions } from "./questions";

export const fact = (
  id: string,
  ru: [string, string],
  en: [string, string],
  other: Partial<FactView> = {},
): FactView => ({
  id,
  title: both(ru[0], en[0]),
  value: both(ru[1], en[1]),
  at: "2026-11-12T12:00:00+03:00",
  source: both("Поликлиника № 5", "Clinic No. 5"),
  status: "final",
  private: false,
  withheld: false,
  dispute: null,
  unused: null,
  subject: anna.id,
  ...other,
});

export const facts: FactView[] = [
  fact("age", ["Дата рождения", "12 марта 1994"], ["Date of birth", "12 March 1994"], {
    source: both("ЗАГС", "Registry office"),
    at: "1994-03-20",
  }),
  fact("home", ["Адрес", "Зареченск, ул. Речная, 8"], ["Address", "8 Rechnaya Street, Zarechensk"]),
];

const truths: Record<Truth, Criterion> = {
  yes: {
    truth: "yes",
    facts: ["age"],
    text: both("Вам от 18 до 39 лет", "You are from 18 to 39"),
    expression: "age >= 18 && age < 40",
  },
  no: {
    truth: "no",
    facts: ["home"],
    text: both("Вы живёте за городом", "You live outside the city"),
    expression: "!home.city",
  },
  unknown: {
    truth: "unknown",
    facts: [],
    text: both("Осмотра не было в этом году", "There was no check-up this year"),
    expression: "!exists(checkup)",
  },
};
export const criteria = Object.values(truths);

export const amounts: Amount[] = [
  {
    text: both("Пособие по уходу за ребёнком", "Child care benefit"),
    law: both("Закон № 81-ФЗ, ст. 15", "Law No. 81-FZ, art. 15"),
    value: 10103.83,
    unit: "RUB/month",
    since: "2026-02-01",
    confidence: "high",
  },
  {
    text: both("Доля возмещения", "Share that is paid back"),
    law: null,
    value: 0.13,
    unit: "ratio",
    since: "2024-01-01",
    confidence: "low",
  },
];

export const places: ServicePlace[] = [
  {
    name: both("Поликлиника № 5, кабинет 214", "Clinic No. 5, room 214"),
    address: both("ул. Речная, 14", "14 Rechnaya Street"),
    way: both("автобус 3 до остановки «Речная»", "bus 3 to the Rechnaya stop"),
    hours: both("пн–пт 8:00–20:00, сб 9:00–15:00", "Mon–Fri 8:00–20:00, Sat 9:00–15:00"),
    phone: "+7 495 000-00-05",
    step_free: true,
    languages: ["en", "tt"],
  },
  {
    name: both("Филиал на Полевой", "The branch in Polevaya Street"),
    address: both("ул. Полевая, 3", "3 Polevaya Street"),
    way: both("", ""),
    hours: both("вт, чт 14:00–18:00", "Tue, Thu 14:00–18:00"),
    phone: null,
    step_free: false,
    languages: [],
  },
];

const fork = (key: string, ru: string, en: string, other: Partial<ForkView>): ForkView => ({
  fork: key,
  text: both(ru, en),
  does: both("План меняется вслед за этим", "The plan changes after it"),
  taken: "unknown",
  feared: false,
  human: false,
  confidence: "high",
  brings: [],
  ...other,
});
export const forks: ForkView[] = [
  fork("twins", "Ждёте двойню", "Twins are on the way", { taken: "yes" }),
  fork("plain", "Всё обычно", "All is usual", {}),
  fork("move", "Переезд в другой город", "A move to another city", { confidence: "low" }),
  fork("work", "Выход на работу раньше", "Back to work earlier", {}),
  fork("study", "Учёба", "Studies", {}),
  fork("alone", "Отец не записан", "No father on record", { taken: "no" }),
  fork("hard", "Понадобится лечение", "Treatment is needed", { feared: true, human: true }),
];

const inquiry = (id: string, other: Partial<InquiryView>): InquiryView => ({
  id,
  kind: "question",
  about: null,
  title: both("Пособие при рождении", "Birth benefit"),
  text: "Мне неудобно по утрам. Можно после шести?",
  asked: "2026-11-20T18:00:00+03:00",
  answer: null,
  pending: null,
  refused: null,
  ...other,
});
export const inquiries: InquiryView[] = [
  inquiry("waiting", { pending: "waiting" }),
  inquiry("with-person", {}),
  inquiry("answered", {
    answer: {
      text: "Да, по вторникам приём до 20:00. Я перенесла вас на 18:30.",
      by: both("Ольга Лебедева, регистратура", "Olga Lebedeva, front desk"),
      at: "2026-11-21T10:00:00+03:00",
    },
  }),
  inquiry("of-a-screen", { about: "screen/me/consents", title: null }),
  inquiry("refused", {
    kind: "dispute",
    pending: "refused",
    refused: both("Запись уже исправлена.", "The record has been put right already."),
  }),
];

export const BODY = both(
  `## Как подготовиться

Возьмите **паспорт** и *полис*. Подробнее: [на сайте города](https://city.example/help).

1. Поешьте как обычно
2. Придите за 10 минут
   - с ребёнком: за 20

> Если не можете прийти, это ничего не испортит.

| Что | Срок |
| --- | --- |
| Результат | 3 дня |
| Справка | сразу |

### Коротко

\`Код услуги 12-345\`

---

Вопросы задайте человеку.`,
  `## How to prepare

Bring your **passport** and your *insurance card*. More: [on the city’s site](https://city.example/help).

1. Eat as usual
2. Come 10 minutes early
   - with a child: 20

> If you cannot come, nothing is spoilt.

| What | When |
| --- | --- |
| Result | 3 days |
| Certificate | at once |

### In short

\`Service code 12-345\`

---

Ask a person whatever is unclear.`,
);

export const documents = [
  {
    id: "certificate",
    title: both("Справка о рождении", "Birth record"),
    body: BODY,
    issued: "2026-11-14",
    issuer: both("Роддом № 2", "Maternity hospital No. 2"),
    signed_by: "Соколова Н. П.",
    whose: anna,
  },
];

const bare: CardDetail = {
  card: states.open,
  situation: null,
  run: null,
  why: [],
  why_not: [],
  facts: [],
  missing: [],
  bookable: false,
  law: null,
  late: null,
  checked: null,
  material: null,
  amounts: [],
  places: [],
  documents: [],
  consents: [],
  forks_ahead: [],
  instructions: null,
  inquiries: [],
};

/** Pages of cards, by the card's id. */
export const details: Record<string, CardDetail> = {
  [offers.usual.id]: {
    ...bare,
    card: {
      ...offers.usual,
      id: offers.usual.id,
      human: true,
      confidence: "low",
      note: both("Возьмите прошлые снимки.", "Bring earlier images."),
    },
    run: "checkup:anna",
    why: criteria,
    why_not: criteria.slice(1, 2),
    facts,
    missing: [questions.bool],
    checked: "2026-09-01",
    material: {
      id: "prepare",
      title: both("Как подготовиться", "How to prepare"),
      body: BODY,
      source: both("Приказ Минздрава № 1122н", "Ministry of Health Order No. 1122n"),
      checked: "2026-09-01",
    },
    amounts,
    places,
    documents,
    consents: ["C1", "C2"],
    forks_ahead: forks,
    instructions: both("Приходите на 5–9 день цикла.", "Come on days 5–9 of the cycle."),
    inquiries: inquiries.slice(2, 3),
  },
  [visit.id]: { ...bare, card: visit, places: places.slice(0, 1) },
};
