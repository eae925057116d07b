import { expect, test } from "vitest";
import { find, type Found } from "./find";

const one = (title: string, note = "", kind: Found["kind"] = "step"): Found => ({
  kind,
  title,
  note,
  href: "#",
});
const all = [
  one("Прививка от кори", "Прививки"),
  one("Визит к врачу", "Осмотр · Миша"),
  one("Полис ОМС", "Миша"),
  one("Учёт по беременности", "Женская консультация"),
  one("Учёт по беременности", "Женская консультация"),
];
const titles = (asked: string): string[] => find(all, asked).map((it) => it.title);

test("every word has to be there, in the name or in what is said of it, in whatever case", () => {
  expect(titles("миша ВИЗИТ")).toEqual(["Визит к врачу"]);
  expect(titles("миша")).toEqual(["Визит к врачу", "Полис ОМС"]);
  expect(titles("  ")).toEqual([]);
  expect(titles("чего нет")).toEqual([]);
});

test("«е» finds «ё», and the same is shown once", () => {
  expect(titles("учет")).toEqual(["Учёт по беременности"]);
});

test("what has the words in its name comes before what is only about them", () => {
  const two = [one("Осмотр", "прививки"), one("Прививки")];
  expect(find(two, "прививки").map((it) => it.title)).toEqual(["Прививки", "Осмотр"]);
});
