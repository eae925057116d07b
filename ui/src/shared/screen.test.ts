import { beforeEach, expect, test } from "vitest";
import { session } from "../../gallery/samples/session";
import { setSession } from "./session.svelte";
import { aboutOf, screenName } from "./screen";

beforeEach(() => setSession(session));

test.each([
  [{ page: "today", id: null }, "screen/today", "Сегодня"],
  [{ page: "me", id: "consents/one" }, "screen/me/consents", "Мои разрешения"],
  [{ page: "me", id: null }, "screen/me", "Я"],
  [{ page: "calendar", id: "month" }, "screen/calendar/month", "Календарь"],
  [{ page: "path", id: "petya" }, "screen/path/petya", "Путь · Петя"],
  [{ page: "card", id: "pregnancy:1/visit" }, "pregnancy:1/visit", ""],
])("a question from %o is about %s, and says so as «%s»", (route, about, name) => {
  expect(aboutOf(route)).toBe(about);
  expect(screenName(about)).toBe(name);
});

test("what is no screen has no name of one", () => {
  expect([null, "screen/", "screen/elsewhere", "anna"].map(screenName)).toEqual(["", "", "", ""]);
});
