import type { AccessView, ConsentView, FactGroup, Me } from "../../src/rpc/types";
import type { Domain } from "../../src/generated/Domain";
import type { FactStatus } from "../../src/generated/FactStatus";
import { documents, fact, facts, inquiries } from "./detail";
import { anna, both, city, mother, son } from "./people";

const statuses: FactStatus[] = ["preliminary", "final", "amended", "corrected", "entered-in-error"];

export const groups: FactGroup[] = [
  { domain: "legal", title: both("Личность и адрес", "Identity and address"), facts },
  {
    domain: "health",
    title: both("Здоровье", "Health"),
    facts: [
      ...statuses.map((status) =>
        fact(status, ["Рост", "168 см"], ["Height", "168 cm"], { status, subject: anna.id }),
      ),
      fact("private", ["Курение", "нет"], ["Smoking", "no"], { private: true }),
      fact("unused", ["Вес", "71 кг"], ["Weight", "71 kg"], {
        unused: both("Плану нужна дата измерения.", "The plan needs the day it was measured."),
      }),
      fact("disputed", ["Группа крови", "II"], ["Blood group", "A"], {
        dispute: inquiries[1] ?? null,
      }),
    ],
  },
];

const consent = (domain: Domain, other: Partial<ConsentView>): ConsentView => ({
  id: `consent-${domain}`,
  subject: anna.id,
  domain,
  class: "C1",
  recipient: both("Поликлиника № 5", "Clinic No. 5"),
  purpose: both("Подбирать и держать время приёма", "To find and hold times of visits"),
  given: true,
  reach: "arrange",
  at: "2026-11-01T10:00:00+03:00",
  pending: false,
  last_month: null,
  ...other,
});
export const consents: ConsentView[] = [
  consent("health", {
    last_month: {
      title: both("Приём терапевта", "A visit to the general practitioner"),
      action: "book",
      began: "2026-11-02",
      until: "2026-12-31",
    },
  }),
  consent("money", {
    reach: "suggest",
    pending: true,
    last_month: {
      title: both("Налоговый вычет", "The tax refund"),
      action: "pay",
      began: "2026-11-10",
      until: null,
    },
  }),
  consent("education", { given: false, reach: "off", at: null }),
];

const look = (id: string, hour: string, fact: AccessView["fact"]): AccessView => ({
  id,
  who: both("Орлова Мария Сергеевна, терапевт", "Dr Maria Orlova, general practitioner"),
  fact,
  purpose: both("Приём", "A visit"),
  at: `2026-11-20T${hour}:00+03:00`,
  subject: anna.id,
});
export const looks: AccessView[] = [
  look("one", "09:30", both("Рост", "Height")),
  look("two", "09:30", both("Вес", "Weight")),
  look("three", "08:10", null),
];

export const me: Me = {
  resident: anna,
  residents: [anna, son, mother],
  consents,
  documents,
  inquiries,
  settings: {
    language: "ru",
    theme: "system",
    news: "call",
    quiet_from: "21:00",
    quiet_to: "08:00",
    notifications: true,
  },
  city,
};
