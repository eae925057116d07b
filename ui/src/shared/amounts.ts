import { language, t } from "../i18n/words.svelte";

const INTL: Record<string, string> = { years: "year", months: "month", g: "gram" };

/** An amount of the catalogue as a person says it: «28 450,45 ₽», «15 лет», «4 %». */
export function sayAmount(value: number, unit: string): string {
  const say = (options: Intl.NumberFormatOptions, number = value) =>
    new Intl.NumberFormat(language() === "ru" ? "ru-RU" : "en-GB", options).format(number);
  const [what, per = ""] = unit.split("/");
  if (what === "RUB") {
    const money = say({
      style: "currency",
      currency: "RUB",
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: Number.isInteger(value) ? 0 : 2,
    });
    return per === "" ? money : t(`per-${per.replace(" ", "-")}`, { money });
  }
  if (unit === "ratio") return say({ style: "percent", maximumFractionDigits: 2 });
  if (unit === "percent") return say({ style: "percent", maximumFractionDigits: 2 }, value / 100);
  const known = INTL[unit];
  if (known !== undefined) return say({ style: "unit", unit: known, unitDisplay: "long" });
  return say({});
}
