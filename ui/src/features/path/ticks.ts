import type { Language } from "../../rpc/types";
import { DAY, type View } from "./story";

const formats = new Map<string, Intl.DateTimeFormat>();

/** A day under the picture, as exactly as the view is close. */
export function tickWords(language: Language, at: number, { from, to }: View): string {
  const days = (to - from) / DAY;
  const day = new Date(at);
  const isYear = day.getUTCMonth() === 0 && day.getUTCDate() === 1;
  const options: Intl.DateTimeFormatOptions =
    days > 900 || (isYear && days > 60)
      ? { year: "numeric" }
      : days > 120
        ? { month: "short" }
        : { day: "numeric", month: "short" };
  const key = language + JSON.stringify(options);
  const made =
    formats.get(key) ??
    new Intl.DateTimeFormat(language === "en" ? "en-GB" : "ru-RU", { timeZone: "UTC", ...options });
  formats.set(key, made);
  return made.format(day).replace(".", "");
}
