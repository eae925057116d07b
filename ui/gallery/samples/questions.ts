import type { Question } from "../../src/rpc/types";
import type { AnswerKind } from "../../src/generated/AnswerKind";
import { both } from "./people";

export const option = (value: string, ru: string, en: string) => ({ value, label: both(ru, en) });

const question = (kind: string, ru: string, en: string, field: Partial<Question["field"]>): Question => ({
  subject: "anna",
  missing: { kind, field: "value" },
  text: both(ru, en),
  settles: [],
  helps: [],
  field: { type: "bool", unit: null, options: [], ...field },
});

export const questions: Record<AnswerKind, Question> = {
  bool: {
    ...question("smoking", "Вы курите?", "Do you smoke?", { type: "bool" }),
    helps: [both("Скрининг лёгких", "Lung screening"), both("Программа отказа от курения", "Help to quit")],
  },
  integer: question("children", "Сколько у вас детей?", "How many children have you?", { type: "integer" }),
  number: question("area", "Какова доля квартиры?", "What is your share of the flat?", { type: "number" }),
  date: question("moved", "Когда вы переехали?", "When did you move?", { type: "date" }),
  enum: question("work", "Где вы работаете?", "Where do you work?", {
    type: "enum",
    options: [
      option("hired", "По найму", "Employed"),
      option("own", "На себя", "Self-employed"),
      option("none", "Нигде", "Nowhere"),
    ],
  }),
  quantity: question("weight", "Сколько вы весите?", "How much do you weigh?", {
    type: "quantity",
    unit: "kg",
  }),
  text: question("allergy", "На что у вас аллергия?", "What are you allergic to?", { type: "text" }),
};

export const manyOptions = question("school", "Какая школа вам ближе?", "Which school is nearest?", {
  type: "enum",
  options: [1, 2, 3, 4, 5, 6].map((number) =>
    option(`${number}`, `Школа № ${number}`, `School No. ${number}`),
  ),
});
