import { expect, test } from "vitest";
import { entries } from "../../../gallery/samples/calendar";
import { groups as facts, looks as access, me } from "../../../gallery/samples/me";
import { life, path } from "../../../gallery/samples/path";
import { wordsOfMarkdown } from "../../shared/markdown/words";
import { type Kind, type Words, entry, everything, find, milestones } from "./find";

const one = (title: string, note = "", kind: Kind = "step", body = "") => entry(kind, title, note, "#", body);
const all = [
  one("Прививка от кори", "Прививки"),
  one("Визит к врачу", "Осмотр · Миша"),
  one("Полис ОМС", "Миша"),
  one("Учёт по беременности", "Женская консультация"),
  one("Учёт по беременности", "Женская консультация"),
];
const titles = (asked: string, among = all): string[] =>
  find(among, asked).flatMap(({ found }) => found.map((it) => it.title));

test("every word has to be there, in the name or in what is said of it, in whatever case", () => {
  expect(titles("миша ВИЗИТ")).toEqual(["Визит к врачу"]);
  expect(titles("миша")).toEqual(["Визит к врачу", "Полис ОМС"]);
  expect(titles("  ")).toEqual([]);
  expect(titles("чего нет")).toEqual([]);
});

test("«е» finds «ё», and the same is shown once", () => {
  expect(titles("учет")).toEqual(["Учёт по беременности"]);
});

test("what has the words in its name comes before what is only about them, in a kind and among the kinds", () => {
  const some = [
    one("Осмотр", "прививки"),
    one("Прививки"),
    one("Отпуск", "", "fact"),
    one("Прививки", "", "fact"),
  ];
  expect(titles("прививки", some)).toEqual(["Прививки", "Осмотр", "Прививки"]);
  const two = [one("Осмотр", "полис"), one("Полис", "", "document"), one("Полис", "", "life")];
  expect(find(two, "полис").map(({ kind }) => kind)).toEqual(["document", "step", "life"]);
});

test("a document is found by its text, and shown with the words around it", () => {
  const text = wordsOfMarkdown(
    `# Памятка\n\n${"Много слов. ".repeat(20)}\n\n- Возьмите **с собой** [снимок](https://a.example) и полис.\n\n${"И ещё. ".repeat(30)}`,
  );
  const [group] = find([one("Памятка", "Поликлиника", "document", text)], "снимок");
  expect(group?.found[0]?.note).toMatch(/^….*Возьмите с собой снимок и полис\..*…$/);
});

test("a step with a visit is found once, as the visit", () => {
  const two = [entry("step", "Приём", "Осмотр", "#/card/1"), entry("visit", "Приём", "завтра", "#/card/1")];
  expect(find(two, "приём").map(({ kind }) => kind)).toEqual(["visit"]);
  expect(find(two, "осмотр").map(({ kind }) => kind)).toEqual(["step"]);
});

const held = { me, access, paths: [path], facts, calendar: entries };
const words: Words = { say: (text) => text?.ru ?? "", t: (key) => key, day: (at) => at };
const everyone = [...everything(held, words), ...milestones(me, [life], words)];
const where = (asked: string): Record<string, string> =>
  Object.fromEntries(find(everyone, asked).map(({ kind, found }) => [kind, found[0]?.href ?? ""]));

test.each([
  ["a visit by its doctor", "Орлова", "visit", /^#\/card\//],
  ["a visit by its street", "Речная", "visit", /^#\/card\//],
  ["a document by its text", "поешьте", "document", /^#\/document\//],
  ["a question by the answer to it", "перенесла", "inquiry", /^#\/me\/inquiries\//],
  ["a record", "Рост", "fact", /^#\/me\/facts\//],
  ["a consent by its domain", "domain-health", "consent", /^#\/me\/consents\//],
  ["a person", "Петя", "person", /^#\/path\//],
  ["a setting by one of its choices", "theme-dark", "page", /^#\/me\/settings\/theme$/],
  ["a page", "what-if-title", "page", /^#\/path$/],
  ["a day of a life", life.milestones[0]!.title.ru, "life", /^#\/path\//],
])("leads to %s", (_, asked, kind, href) => {
  expect(where(asked)[kind]).toMatch(href);
});
