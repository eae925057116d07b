import { language, t } from "../i18n/words.svelte";

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

function format(options: Intl.DateTimeFormatOptions, date: Date): string {
  const key = `${language()}${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(language() === "ru" ? "ru-RU" : "en-GB", { timeZone: "UTC", ...options });
    formats.set(key, made);
  }
  return made.format(date);
}

/** Without what Russian puts after a year («г.»): it is read as a year without it. */
function formatDay(options: Intl.DateTimeFormatOptions, date: Date): string {
  return format(options, date).replace(/(\d{4})\P{N}+$/u, "$1");
}

const relative = new Map<string, Intl.RelativeTimeFormat>();

const dayNumber = (date: Date): number => Math.floor(date.getTime() / DAY);

/** «вчера», «завтра», «послезавтра»; nothing where the language would only count: “in 2 days”. */
function near(away: number): string | undefined {
  const tongue = language();
  const made = relative.get(tongue) ?? new Intl.RelativeTimeFormat(tongue, { numeric: "auto" });
  relative.set(tongue, made);
  const parts = made.formatToParts(away, "day");
  return parts.some(({ type }) => type === "integer") ? undefined : parts.map(({ value }) => value).join("");
}

function dayWords(date: Date, today: Date): string {
  return near(dayNumber(date) - dayNumber(today)) ?? wholeDay(date, today);
}

function wholeDay(date: Date, today: Date): string {
  const year = date.getUTCFullYear() === today.getUTCFullYear() ? {} : ({ year: "numeric" } as const);
  const day = formatDay({ day: "numeric", month: "long", ...year }, date);
  if (Math.abs(dayNumber(date) - dayNumber(today)) > 60) return day;
  return t("day-weekday", { day, weekday: format({ weekday: "long" }, date) });
}

export function sayTime(moment: string, now: string): string {
  const at = wall(moment, now);
  return at?.timed === true ? format({ hour: "2-digit", minute: "2-digit" }, at.utc) : "";
}

/** «завтра в 10:00», «27 ноября, пятница, 9:30», «27 ноября, пятница». */
export function sayWhen(moment: string, now: string): string {
  const at = wall(moment, now);
  const today = wall(now, now);
  if (at === null || today === null) return moment;
  const day = dayWords(at.utc, today.utc);
  return at.timed ? t("when-at", { day, time: sayTime(moment, now) }) : day;
}

/** «27 ноября, пятница», «завтра». */
export function sayDay(moment: string, now: string): string {
  const at = wall(moment, now);
  const today = wall(now, now);
  return at === null || today === null ? moment : dayWords(at.utc, today.utc);
}

/** «27 ноября», with the year when it is another one; never «завтра». */
export function sayDate(moment: string, now: string): string {
  const at = wall(moment, now);
  const today = wall(now, now);
  if (at === null || today === null) return moment;
  const year = at.utc.getUTCFullYear() === today.utc.getUTCFullYear() ? {} : ({ year: "numeric" } as const);
  return formatDay({ day: "numeric", month: "long", ...year }, at.utc);
}

/** «до 27 ноября, пятница», «до конца дня»; a time within two days is said with its hour. */
export function sayUntil(moment: string, now: string): string {
  const at = wall(moment, now);
  const today = wall(now, now);
  if (at === null || today === null) return moment;
  const away = dayNumber(at.utc) - dayNumber(today.utc);
  const time = sayTime(moment, now);
  const whole = !at.timed || time === "00:00" || time === "23:59";
  // Midnight ends the day before it.
  const day = at.timed && time === "00:00" ? new Date(at.utc.getTime() - 1) : at.utc;
  if (whole) return untilDay(day, today.utc);
  if (Math.abs(away) > 2) return untilDay(at.utc, today.utc);
  return away === 0
    ? t("until-time", { time })
    : t("until-day-time", { until: untilDay(at.utc, today.utc), time });
}

function untilDay(date: Date, today: Date): string {
  const away = dayNumber(date) - dayNumber(today);
  if (away === 0) return t("until-today");
  if (away === -1) return t("until-yesterday");
  return t("until", { day: away < 0 ? wholeDay(date, today) : dayWords(date, today) });
}

/** «с 5 по 9 октября» in its simplest true form: «с 5 октября до 9 октября». */
export function saySpan(from: string, to: string, now: string): string {
  return t("from-to", { from: sayDate(from, now), to: sayDate(to, now) });
}

export function sayFrom(moment: string, now: string): string {
  return t("from-day", { day: sayDate(moment, now) });
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
export function sayToday(now: string): string {
  const at = wall(now, now);
  return at === null ? "" : format({ weekday: "long", day: "numeric", month: "long" }, at.utc);
}

function monthsBetween(from: Date, to: Date): number {
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return to.getUTCDate() >= from.getUTCDate() ? months : months - 1;
}

/** «30 лет», but «10 дней» and «5 месяцев» for the youngest. */
export function sayAge(born: string, now: string): string {
  const birth = wall(born, now);
  const today = wall(now, now);
  if (birth === null || today === null) return "";
  const months = monthsBetween(birth.utc, today.utc);
  const unit = (count: number, unit: "day" | "month" | "year"): string =>
    new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "long" }).format(count);
  if (months < 1) return unit(Math.max(0, dayNumber(today.utc) - dayNumber(birth.utc)), "day");
  return months < 24 ? unit(months, "month") : unit(Math.floor(months / 12), "year");
}

/** A day as a calendar names it: «понедельник, 23 ноября». */
export function sayWholeDay(day: string): string {
  const at = wall(day, "");
  return at === null ? "" : format({ weekday: "long", day: "numeric", month: "long" }, at.utc);
}

export function sayMonth(day: string): string {
  const at = wall(day, "");
  return at === null ? "" : formatDay({ month: "long", year: "numeric" }, at.utc);
}

/** The days of a week from Monday on, short and in full. */
export function sayWeekdays(): { short: string; long: string }[] {
  return [5, 6, 7, 8, 9, 10, 11].map((day) => {
    // 5 January 1970 was a Monday.
    const at = new Date((day - 1) * DAY);
    return {
      short: format({ weekday: "short" }, at),
      long: format({ weekday: "long" }, at),
    };
  });
}

/** The first day in words takes long, for the browser reads the language's own: done while the first answers are awaited. */
export function warmUp(): void {
  const now = new Date().toISOString();
  for (const words of [sayWhen, sayDate]) words(now, now);
}
