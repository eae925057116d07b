import type { Language } from "../rpc/types";

/** What stands after an amount that is paid or counted per time. */
const PER: Record<Language, Record<string, string>> = {
  ru: { "": "", hour: " в час", month: " в месяц", year: " в год", "12 months": " за 12 месяцев" },
  en: { "": "", hour: " an hour", month: " a month", year: " a year", "12 months": " for 12 months" },
};

const INTL: Record<string, string> = { years: "year", months: "month", g: "gram" };

/** An amount of the catalogue as a person says it: «28 450,45 ₽», «15 лет», «4 %». */
export function sayAmount(language: Language, value: number, unit: string): string {
  const number = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language === "ru" ? "ru-RU" : "en-GB", options).format(value);
  const [what, per = ""] = unit.split("/");
  if (what === "RUB") {
    const whole = Number.isInteger(value);
    const money = number({
      style: "currency",
      currency: "RUB",
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: whole ? 0 : 2,
    });
    return money + (PER[language][per] ?? `/${per}`);
  }
  if (unit === "ratio") return number({ style: "percent", maximumFractionDigits: 2 });
  if (unit === "percent") return number({ maximumFractionDigits: 2 }) + (language === "ru" ? "\u00a0%" : "%");
  const known = INTL[unit];
  if (known !== undefined) return number({ style: "unit", unit: known, unitDisplay: "long" });
  return number({});
}
