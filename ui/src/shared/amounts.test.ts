import { expect, test } from "vitest";
import { chooseLanguage } from "../i18n/words.svelte";
import { sayAmount } from "./amounts";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test("an amount is said as a person would", () => {
  chooseLanguage("ru");
  const ru = (value: number, unit: string) => plain(sayAmount(value, unit));
  expect(ru(28450.45, "RUB")).toBe("28 450,45 ₽");
  expect(ru(27093, "RUB/month")).toBe("27 093 ₽ в месяц");
  expect(ru(216744, "RUB/12 months")).toBe("216 744 ₽ за 12 месяцев");
  expect(ru(15, "years")).toBe("15 лет");
  expect(ru(0.04, "ratio")).toBe("4 %");
  expect(ru(13, "percent")).toBe("13 %");
  expect(ru(30, "points")).toBe("30");
  chooseLanguage("en");
  const en = (value: number, unit: string) => plain(sayAmount(value, unit));
  expect(en(27093, "RUB/month")).toBe("₽27,093 a month");
  expect(en(1, "years")).toBe("1 year");
});
