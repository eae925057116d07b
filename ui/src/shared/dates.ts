import type { Language } from "../rpc/types";

/**
 * Moments as a person says them: «завтра в 10:00», «до 27 ноября, пятница».
 *
 * A moment is a date (`2026-11-27`) or an RFC 3339 time with its offset. The clock on the wall where the visit
 * happens is what counts, so the offset written in the moment is used, not the zone of this device.
 */
interface Wall {
  /** The wall clock written as if it were UTC. */
  utc: Date;
  timed: boolean;
}

const DAY = 86_400_000;
const OFFSET = /(Z|[+-]\d\d:?\d\d)$/i;

function offsetOf(text: string): number | null {
  const found = OFFSET.exec(text)?.[1];
  if (found === undefined) return null;
  if (found.toUpperCase() === "Z") return 0;
  const minutes = Number(found.slice(1, 3)) * 60 + Number(found.slice(-2));
  return (found.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** `zone` lends its offset to instants written in UTC, such as access records. */
function wall(moment: string, zone: string): Wall | null {
  const text = moment.replace(/\[.*\]$/, "");
  if (!text.includes("T")) {
    const day = new Date(`${text}T00:00:00Z`);
    return Number.isNaN(day.getTime()) ? null : { utc: day, timed: false };
  }
  const at = Date.parse(text);
  if (Number.isNaN(at)) return null;
  const own = offsetOf(text) ?? 0;
  const offset = own === 0 ? (offsetOf(zone) ?? 0) : own;
  return { utc: new Date(at + offset), timed: true };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions, date: Date): string {
  const key = `${language}${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(language === "ru" ? "ru-RU" : "en-GB", { timeZone: "UTC", ...options });
    formats.set(key, made);
  }
  return made.format(date);
}

const dayNumber = (date: Date): number => Math.floor(date.getTime() / DAY);

const words = {
  ru: {
    days: { [-1]: "вчера", 0: "сегодня", 1: "завтра", 2: "послезавтра" } as Record<number, string>,
    at: (day: string, time: string) => `${day} в ${time}`,
    until: (day: string) => `до ${day}`,
    untilNear: {
      [-1]: "до вчерашнего дня",
      0: "до конца дня",
      1: "до завтра",
      2: "до послезавтра",
    } as Record<number, string>,
    from: (day: string) => `с ${day}`,
    span: (from: string, to: string) => `с ${from} до ${to}`,
  },
  en: {
    days: { [-1]: "yesterday", 0: "today", 1: "tomorrow" } as Record<number, string>,
    at: (day: string, time: string) => `${day} at ${time}`,
    until: (day: string) => `by ${day}`,
    untilNear: { [-1]: "by yesterday", 0: "by the end of today", 1: "by tomorrow" } as Record<number, string>,
    from: (day: string) => `from ${day}`,
    span: (from: string, to: string) => `${from} to ${to}`,
  },
};

function dayWords(language: Language, date: Date, today: Date, weekday: boolean): string {
  const away = dayNumber(date) - dayNumber(today);
  const near = words[language].days[away];
  if (near !== undefined) return near;
  const year = date.getUTCFullYear() === today.getUTCFullYear() ? {} : ({ year: "numeric" } as const);
  const day = format(language, { day: "numeric", month: "long", ...year }, date).replace(/ г\.$/, "");
  if (!weekday || Math.abs(away) > 60) return day;
  const name = format(language, { weekday: "long" }, date);
  return language === "ru" ? `${day}, ${name}` : `${name}, ${day}`;
}

export function sayTime(language: Language, moment: string, now: string): string {
  const at = wall(moment, now);
  return at?.timed === true ? format(language, { hour: "2-digit", minute: "2-digit" }, at.utc) : "";
}

/** «завтра в 10:00», «27 ноября, пятница, 9:30», «27 ноября, пятница». */
export function sayWhen(language: Language, moment: string, now: string): string {
  const at = wall(moment, now);
  const today = wall(now, now);
  if (at === null || today === null) return moment;
  const day = dayWords(language, at.utc, today.utc, true);
  return at.timed ? words[language].at(day, sayTime(language, moment, now)) : day;
}

/** «27 ноября, пятница», «завтра». */
export function sayDay(language: Language, moment: string, now: string): string {
  const at = wall(moment, now);
  const today = wall(now, now);
  return at === null || today === null ? moment : dayWords(language, at.utc, today.utc, true);
}

/** «27 ноября», with the year when it is another one; never «завтра». */
export function sayDate(language: Language, moment: string, now: string): string {
  const at = wall(moment, now);
  const today = wall(now, now);
  if (at === null || today === null) return moment;
  const year = at.utc.getUTCFullYear() === today.utc.getUTCFullYear() ? {} : ({ year: "numeric" } as const);
  return format(language, { day: "numeric", month: "long", ...year }, at.utc).replace(/ г\.$/, "");
}

/** «до 27 ноября, пятница», «до конца дня»; a time within two days is said with its hour. */
export function sayUntil(language: Language, moment: string, now: string): string {
  const at = wall(moment, now);
  const today = wall(now, now);
  if (at === null || today === null) return moment;
  const away = dayNumber(at.utc) - dayNumber(today.utc);
  const time = sayTime(language, moment, now);
  const whole = !at.timed || time === "00:00" || time === "23:59";
  // Midnight ends the day before it.
  const day = at.timed && time === "00:00" ? new Date(at.utc.getTime() - 1) : at.utc;
  const near = words[language].untilNear[dayNumber(day) - dayNumber(today.utc)];
  if (whole) return near ?? words[language].until(dayWords(language, day, today.utc, true));
  if (Math.abs(away) > 2) return words[language].until(dayWords(language, at.utc, today.utc, true));
  if (language === "ru") {
    if (away === 0) return `до ${time}`;
    const named = words.ru.untilNear[away] ?? `до ${dayWords("ru", at.utc, today.utc, false)}`;
    return `${named}, ${time}`;
  }
  return `by ${time}${away === 0 ? "" : ` ${dayWords("en", at.utc, today.utc, false)}`}`;
}

/** «с 5 по 9 октября» in its simplest true form: «с 5 октября до 9 октября». */
export function saySpan(language: Language, from: string, to: string, now: string): string {
  return words[language].span(sayDate(language, from, now), sayDate(language, to, now));
}

export function sayFrom(language: Language, moment: string, now: string): string {
  return words[language].from(sayDate(language, moment, now));
}

/** A key that orders and groups entries by the day on the wall. */
export function dayKey(moment: string, now: string): string {
  const at = wall(moment, now);
  return at === null ? moment.slice(0, 10) : at.utc.toISOString().slice(0, 10);
}

export function toMillis(moment: string, now: string): number {
  return wall(moment, now)?.utc.getTime() ?? Number.NaN;
}

/** «понедельник, 23 ноября»: the day itself, never «сегодня». */
export function sayToday(language: Language, now: string): string {
  const at = wall(now, now);
  return at === null ? "" : format(language, { weekday: "long", day: "numeric", month: "long" }, at.utc);
}

function monthsBetween(from: Date, to: Date): number {
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return to.getUTCDate() >= from.getUTCDate() ? months : months - 1;
}

/** «30 лет», but «10 дней» and «5 месяцев» for the youngest. */
export function sayAge(language: Language, born: string, now: string): string {
  const birth = wall(born, now);
  const today = wall(now, now);
  if (birth === null || today === null) return "";
  const months = monthsBetween(birth.utc, today.utc);
  const unit = (count: number, unit: "day" | "month" | "year"): string =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
  if (months < 1) return unit(Math.max(0, dayNumber(today.utc) - dayNumber(birth.utc)), "day");
  return months < 24 ? unit(months, "month") : unit(Math.floor(months / 12), "year");
}

/** A day as a calendar names it: «понедельник, 23 ноября». */
export function sayWholeDay(language: Language, day: string): string {
  const at = wall(day, "");
  return at === null ? "" : format(language, { weekday: "long", day: "numeric", month: "long" }, at.utc);
}

export function sayMonth(language: Language, day: string): string {
  const at = wall(day, "");
  return at === null ? "" : format(language, { month: "long", year: "numeric" }, at.utc).replace(/ г\.$/, "");
}

/** The days of a week from Monday on, short and in full. */
export function sayWeekdays(language: Language): { short: string; long: string }[] {
  return [5, 6, 7, 8, 9, 10, 11].map((day) => {
    // 5 January 1970 was a Monday.
    const at = new Date((day - 1) * DAY);
    return {
      short: format(language, { weekday: "short" }, at),
      long: format(language, { weekday: "long" }, at),
    };
  });
}
