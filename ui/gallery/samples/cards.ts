import type { Card } from "../../src/rpc/types";
import type { StepState } from "../../src/generated/StepState";
import { anna, both, mother, son } from "./people";

const bare: Card = {
  id: "flu:anna/vaccination",
  kind: "step",
  title: both("Прививка против гриппа", "A vaccination against flu"),
  whose: anna,
  state: "open",
  when: null,
  until: null,
  place: null,
  address: null,
  way: null,
  practitioner: null,
  service: both("Поликлиника № 5", "Clinic No. 5"),
  held_until: null,
  appointment: null,
  pending: null,
  refused: null,
  undo_until: null,
  law: both("Приказ Минздрава № 1122н", "Ministry of Health Order No. 1122n"),
  deadline: "rec",
  action: "visit",
  note: null,
  human: false,
  confidence: "high",
  late_days: null,
  nowhere: false,
  holder: null,
};

export const card = (id: string, other: Partial<Card>): Card => ({ ...bare, id, ...other });

const clinic = {
  place: both("Поликлиника № 5, кабинет 214", "Clinic No. 5, room 214"),
  address: both("ул. Речная, 14", "14 Rechnaya Street"),
  way: both(
    "автобус 3 до остановки «Речная»; вход со двора",
    "bus 3 to the Rechnaya stop; entrance from the yard",
  ),
  practitioner: both("Терапевт М. С. Орлова", "GP M. S. Orlova"),
};

export const states: Record<StepState, Card> = {
  upcoming: card("upcoming", { state: "upcoming", when: "2026-12-01", until: "2026-12-14" }),
  open: card("open", { state: "open", until: "2026-12-20" }),
  due_soon: card("due_soon", {
    state: "due_soon",
    title: both("Оплатить налог на квартиру", "Pay the tax on the flat"),
    until: "2026-11-25",
    action: "pay",
    deadline: "duty",
    service: both("Налоговая инспекция", "Tax office"),
  }),
  overdue: card("overdue", {
    state: "overdue",
    title: both("Передать показания счётчиков воды", "Report the water meters"),
    until: "2026-11-20",
    action: "do",
    deadline: "duty",
  }),
  held: card("held", {
    state: "held",
    whose: son,
    title: both("Осмотр педиатра в первый месяц", "A paediatrician’s look in the first month"),
    when: "2026-11-24T10:00:00+03:00",
    ...clinic,
  }),
  booked: card("booked", {
    state: "booked",
    whose: mother,
    title: both("Приём терапевта", "A visit to the general practitioner"),
    when: "2026-11-27T09:30:00+03:00",
    appointment: "appointment/booked",
    ...clinic,
  }),
  done: card("done", { state: "done", when: "2026-11-16" }),
  declined: card("declined", { state: "declined" }),
  cancelled: card("cancelled", { state: "cancelled", when: "2026-11-19" }),
  not_applicable: card("not_applicable", { state: "not_applicable" }),
  unknown: card("unknown", {
    state: "unknown",
    title: both("Бесплатное питание в детском саду", "Free meals in kindergarten"),
    whose: son,
    action: "ask",
  }),
};

export const steps = {
  "the city does it": card("city", {
    title: both("Свидетельство о рождении", "Birth certificate"),
    whose: son,
    action: "issue",
    deadline: "state",
    until: "2026-11-26",
    holder: both("ЗАГС Заречного района", "Registry office of Zarechny district"),
  }),
  "waiting to be sent": card("waiting", { pending: "waiting", until: "2026-12-20" }),
  refused: card("refused", {
    pending: "refused",
    until: "2026-12-20",
    refused: both(
      "Это время только что заняли. Выберите другое или позвоните в регистратуру: +7 495 000-00-00.",
      "Somebody has just taken that time. Choose another, or call the desk: +7 495 000-00-00.",
    ),
  }),
  "nowhere near": card("nowhere", {
    nowhere: true,
    service: both("Бассейн для младенцев", "Swimming for babies"),
    title: both("Плавание с младенцем", "Swimming with a baby"),
  }),
  "a long title": card("long", {
    title: both(
      "Заявление о предоставлении единовременной материальной помощи многодетным семьям Зареченского муниципального района",
      "Application for the one-time financial support of families with many children in the municipal district of Zarechensk",
    ),
    until: "2026-12-20",
    whose: { ...son, name: "Константин-Александр" },
  }),
  "chosen, its page is open": card("chosen", { until: "2026-12-20" }),
  "agreed to, and the city does not know yet": card("agreed", {
    state: "booked",
    pending: "waiting",
    when: "2026-11-24T10:00:00+03:00",
    ...clinic,
  }),
};

export const late = {
  "the city, by days": card("late-city", {
    state: "overdue",
    title: both("Единовременное пособие при рождении", "One-time birth benefit"),
    whose: son,
    action: "issue",
    deadline: "state",
    until: "2026-11-18",
    late_days: 5,
    holder: both("Социальный фонд", "The Social Fund"),
  }),
  "the city, by hours": card("late-hours", {
    state: "overdue",
    title: both("Горячая вода", "Hot water"),
    action: "do",
    deadline: "state",
    until: "2026-11-23T06:00:00+03:00",
    late_days: 0,
    holder: both("Водоканал", "The waterworks"),
  }),
  "the resident’s own": { ...states.overdue, id: "late-own", late_days: 3 },
};

const offer = (id: string, other: Partial<Card>): Card =>
  card(id, {
    kind: "offer",
    state: "held",
    title: both("УЗИ молочных желёз", "Breast ultrasound"),
    when: "2026-11-24T10:00:00+03:00",
    held_until: "2026-11-23T20:00:00+03:00",
    appointment: `appointment/${id}`,
    action: "book",
    ...clinic,
    ...other,
  });

export const offers = {
  usual: offer("offer", {}),
  "of a child": offer("offer-child", {
    whose: son,
    title: both("Скрининг новорождённого: слух", "Newborn screening: hearing"),
    practitioner: null,
  }),
  "waiting to be sent": offer("offer-waiting", { pending: "waiting", state: "booked" }),
  refused: offer("offer-refused", { pending: "refused", refused: steps.refused.refused }),
  "long words": offer("offer-long", {
    whose: { ...mother, name: "Константин-Александр" },
    title: steps["a long title"].title,
    when: "2026-12-30T17:45:00+03:00",
    held_until: "2026-12-29T23:59:00+03:00",
    place: both(
      "Многофункциональный центр предоставления государственных и муниципальных услуг, окно 12",
      "Multifunctional Centre of State and Municipal Services, counter 12",
    ),
  }),
};

export const visit = card("visit", {
  kind: "appointment",
  state: "booked",
  title: both("Приём акушера-гинеколога", "A visit to the obstetrician"),
  when: "2026-11-27T09:30:00+03:00",
  appointment: "appointment/visit",
  ...clinic,
});
