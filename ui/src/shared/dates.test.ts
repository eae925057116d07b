import { beforeEach, expect, test } from "vitest";
import { chooseLanguage } from "../i18n/words.svelte";
import { sayAge, sayDay, sayTime, sayToday, sayUntil, sayWhen } from "./dates";

beforeEach(() => chooseLanguage("ru"));

const now = "2026-11-23T10:00:00+03:00";

test("a visit tomorrow is said as a person says it", () => {
  expect(sayWhen("2026-11-24T10:00:00+03:00", now)).toBe("завтра в 10:00");
  chooseLanguage("en");
  expect(sayWhen("2026-11-24T10:00:00+03:00", now)).toBe("tomorrow at 10:00");
});

test("a deadline names its day and weekday", () => {
  expect(sayUntil("2026-11-27", now)).toBe("до 27 ноября, пятница");
  chooseLanguage("en");
  expect(sayUntil("2026-11-27", now)).toBe("by Friday, 27 November");
  chooseLanguage("ru");
  expect(sayUntil("2026-11-23", now)).toBe("до конца дня");
  expect(sayUntil("2026-11-24", now)).toBe("до завтра");
});

test("midnight ends the day before it", () => {
  expect(sayUntil("2026-11-25T00:00:00+03:00", now)).toBe("до завтра");
});

test("another year is said", () => {
  expect(sayUntil("2027-07-12", now)).toBe("до 12 июля 2027");
});

test("an hour today stays an hour", () => {
  expect(sayUntil("2026-11-23T20:00:00+03:00", now)).toBe("до 20:00");
});

test("an instant in UTC is read by the city's clock", () => {
  expect(sayTime("2026-11-23T06:45:00Z", now)).toBe("09:45");
});

test("what is not a moment is shown as it came", () => {
  expect(sayWhen("скоро", now)).toBe("скоро");
});

test("an age grows on the birthday", () => {
  expect(sayAge("1996-11-24", now)).toBe("29 лет");
  expect(sayAge("1996-11-23", now)).toBe("30 лет");
});

test("the youngest are counted in days and months", () => {
  expect(sayAge("2026-11-13", now)).toBe("10 дней");
  expect(sayAge("2026-06-23", now)).toBe("5 месяцев");
  chooseLanguage("en");
  expect(sayAge("1996-11-23", now)).toBe("30 years");
});

test("the day above the greeting has its weekday", () => {
  expect(sayToday(now)).toBe("понедельник, 23 ноября");
});

test("an hour of another day is said with its day", () => {
  expect(sayUntil("2026-11-24T16:14:00+03:00", now)).toBe("до завтра, 16:14");
  chooseLanguage("en");
  expect(sayUntil("2026-11-24T16:14:00+03:00", now)).toBe("by tomorrow, 16:14");
});

test("days near by have the names the language has for them, and no other", () => {
  const named = ["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-25"];
  expect(named.map((day) => sayDay(day, now))).toEqual(["позавчера", "вчера", "сегодня", "послезавтра"]);
  chooseLanguage("en");
  expect(named.map((day) => sayDay(day, now))).toEqual([
    "Saturday, 21 November",
    "yesterday",
    "today",
    "Wednesday, 25 November",
  ]);
});
