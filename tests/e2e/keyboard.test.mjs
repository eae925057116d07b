// Every main task by keyboard alone, everything found by the role and name the accessibility tree gives it; then what only keys do.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openTown, person as begin } from "./browser.mjs";
import { takeKeys } from "./keyboard.mjs";
import { until } from "./paths.mjs";
import { everyTask } from "./tasks/all.mjs";
import { NARROW, WIDE } from "./tasks/sizes.mjs";

describe("by keyboard alone", { concurrency: 3, timeout: 300_000 }, () => {
  let town;
  before(async () => (town = await openTown()));
  after(() => town?.close());
  everyTask(test, () => town, takeKeys);
});

describe("what only keys do", { concurrency: 3, timeout: 300_000 }, () => {
  let town;
  before(async () => (town = await openTown()));
  after(() => town?.close());

  const person = (title, life, size, live) => test(title, () => begin(town, life, size, async (page) => live(await takeKeys(page))));

  person("the first Tab leads past the tabs to the content, and from there back to where one came from", "expecting", NARROW, async (keys) => {
    await keys.exists("button", "Принять");
    assert.equal((await keys.press("Tab")).name, "Перейти к содержанию");
    await keys.act();
    await keys.isAt("heading", /Елена/);
    await keys.enter("link", /Психолог/);
    await keys.isAt("heading", /Психолог/);
    await keys.enter("link", "Перейти к содержанию", { back: true });
    await keys.isAt("heading", /Психолог/);
    assert.equal((await keys.press("Shift+Tab")).name, "Назад");
  });

  person("a dialog keeps the focus, and Escape gives it back", "prostate", WIDE, async (keys) => {
    await keys.enter("button", "Другое время");
    await keys.exists("button", /^Выбрать/);
    await keys.isAt("button", "Закрыть");
    for (const key of [...Array(4).fill("Shift+Tab"), ...Array(8).fill("Tab")]) {
      const { role, name } = await keys.press(key);
      assert.match(`${role} ${name}`, /^(nowhere|dialog Другое время|button Закрыть|button Выбрать|button Показать)/, "nothing behind the dialog");
    }
    await keys.act("Escape");
    await keys.gone("dialog");
    await keys.isAt("button", "Другое время");
  });

  person("the picture of a life is brought nearer and moved", "mother", NARROW, async (keys) => {
    await keys.enter("link", "Путь");
    await keys.isAt("heading", "Путь");
    await keys.choose(undefined, "Год");
    await keys.reach("application", /^Картина жизни/);
    let seen = "";
    const moves = async (key) => {
      await keys.press(key);
      seen = await until(`“${key}” changes what is in sight`, async () => {
        const { description } = await keys.focus();
        return /^Видно: /.test(description) && description !== seen && description;
      });
    };
    await moves("+");
    for (const key of ["ArrowRight", "-", "ArrowLeft", "+"]) await moves(key);
  });

  person("a month is walked by arrows", "acted", WIDE, async (keys) => {
    await keys.enter("link", "Календарь");
    await keys.isAt("heading", "Календарь");
    await keys.choose("Список", "Месяц");
    await keys.reach("button", /^понедельник, 23 ноября/);
    for (const [key, day] of [
      ["ArrowRight", /^вторник, 24 ноября/],
      ["ArrowDown", /^вторник, 1 декабря/],
      ["Home", /^понедельник, 30 ноября/],
      ["PageDown", /^среда, 30 декабря/],
      ["ArrowUp", /^среда, 23 декабря/],
    ]) assert.match((await keys.press(key)).name, day, key);
    assert.equal((await keys.press("Enter")).pressed, "true");
    await keys.read(/23 декабря/, "region", /23 декабря/);
  });

  person("Escape empties what is searched for, and one stays in the field", "calm", NARROW, async (keys) => {
    await keys.enter("link", "Я");
    await keys.write("searchbox", undefined, "детский сад");
    await keys.hear(/Нашлось|Ничего/);
    await keys.act("Escape");
    await keys.exists("link", "Настройки");
    assert.equal((await keys.isAt("searchbox")).value, "");
  });
});
