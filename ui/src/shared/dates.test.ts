import { expect, test } from "vitest";
import { sayAge, sayTime, sayToday, sayUntil, sayWhen } from "./dates";

const now = "2026-11-23T10:00:00+03:00";

test("a visit tomorrow is said as a person says it", () => {
  expect(sayWhen("ru", "2026-11-24T10:00:00+03:00", now)).toBe("завтра в 10:00");
  expect(sayWhen("en", "2026-11-24T10:00:00+03:00", now)).toBe("tomorrow at 10:00");
});

test("a deadline names its day and weekday", () => {
  expect(sayUntil("ru", "2026-11-27", now)).toBe("до 27 ноября, пятница");
  expect(sayUntil("en", "2026-11-27", now)).toBe("by Friday, 27 November");
  expect(sayUntil("ru", "2026-11-23", now)).toBe("до конца дня");
  expect(sayUntil("ru", "2026-11-24", now)).toBe("до завтра");
});

test("midnight ends the day before it", () => {
  expect(sayUntil("ru", "2026-11-25T00:00:00+03:00", now)).toBe("до завтра");
});

test("another year is said", () => {
  expect(sayUntil("ru", "2027-07-12", now)).toBe("до 12 июля 2027");
});

test("an hour today stays an hour", () => {
  expect(sayUntil("ru", "2026-11-23T20:00:00+03:00", now)).toBe("до 20:00");
});

test("an instant in UTC is read by the city's clock", () => {
  expect(sayTime("ru", "2026-11-23T06:45:00Z", now)).toBe("09:45");
});

test("what is not a moment is shown as it came", () => {
  expect(sayWhen("ru", "скоро", now)).toBe("скоро");
});

test("an age grows on the birthday", () => {
  expect(sayAge("ru", "1996-11-24", now)).toBe("29 лет");
  expect(sayAge("ru", "1996-11-23", now)).toBe("30 лет");
});

test("the youngest are counted in days and months", () => {
  expect(sayAge("ru", "2026-11-13", now)).toBe("10 дней");
  expect(sayAge("ru", "2026-06-23", now)).toBe("5 месяцев");
  expect(sayAge("en", "1996-11-23", now)).toBe("30 years");
});

test("the day above the greeting has its weekday", () => {
  expect(sayToday("ru", now)).toBe("понедельник, 23 ноября");
});

test("an hour of another day is said with its day", () => {
  expect(sayUntil("ru", "2026-11-24T16:14:00+03:00", now)).toBe("до завтра, 16:14");
  expect(sayUntil("en", "2026-11-24T16:14:00+03:00", now)).toBe("by 16:14 tomorrow");
});
