import type { Question } from "../../rpc/types";

/**
 * How a question can be answered. A question does not carry its type yet, so the vocabulary's own is repeated here;
 * whatever is not listed goes to a person rather than being answered with a wrong kind of value.
 */
const YES_OR_NO = new Set([
  "habit.smoking.smoker",
  "health.menopause.reached",
  "health.chronic.present",
  "health.mobility.limited",
  "health.hearing.worse",
  "work.insured_sick_pay",
  "income.within_regional_minimum",
  "home.lives_alone",
  "home.cares_for_children",
  "family.parents_married",
  "family.husband_conscript",
  "distress.high",
]);
const DAYS = new Set(["person.birth_date", "pregnancy.lmp"]);

export function answerable({ missing }: Question): "yes_no" | "day" | "person" {
  const field = `${missing.kind}.${missing.field ?? ""}`;
  if (YES_OR_NO.has(field)) return "yes_no";
  return DAYS.has(field) ? "day" : "person";
}
