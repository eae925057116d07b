// Under Me: what is found, what the city knows and may do, and how the app behaves.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { until } from "../paths.mjs";
import { NARROW, WIDE } from "./sizes.mjs";

const toSettings = async (hand) => {
  await hand.enter("link", "Я");
  await hand.enter("link", "Настройки");
  await hand.isAt("heading", "Настройки");
};

export const me = [
  {
    title: "a copy of all that the device knows is saved, and the focus stays",
    life: "mother",
    size: WIDE,
    async live({ hand, page }) {
      await toSettings(hand);
      const saving = page.waitForEvent("download");
      await hand.enter("button", "Сохранить копию моих данных");
      const file = await saving;
      assert.match(file.suggestedFilename(), /^vekha-\d{4}-\d\d-\d\d\.json$/);
      const all = JSON.parse(await readFile(await file.path(), "utf8"));
      assert.equal(all.resident, "olga");
      assert.ok(all.facts.length > 0 && all.consents.length > 0 && all.documents.length > 0);
      await hand.isAt("button", "Сохранить копию моих данных");
    },
  },
  {
    title: "everything is searched: a step, a document, a record, a permission, a setting and a person are found and opened",
    life: "mother",
    size: NARROW,
    async live({ hand, device }) {
      await hand.enter("link", "Я");
      const { documents } = await device.call("me");
      const paper = documents[0].title.ru;
      for (const [asked, found, there] of [
        ["детский сад", /^Встать в очередь в детский сад/, /детский сад/],
        [paper, new RegExp(`^${paper}`), paper],
        ["дата рождения", /^Дата рождения/, "Что город знает обо мне"],
        ["выплаты и помощь", /^Выплаты и помощь/, "Мои разрешения"],
        ["тихие часы", /^Тихие часы/, "Настройки"],
        ["миша", /^Миша\s*ребёнок/, "Путь"],
      ]) {
        await hand.exists("heading", /Ольга/);
        await hand.write("searchbox", undefined, asked, { back: true });
        await hand.hear(/^Нашлось/);
        await hand.enter("link", found);
        await hand.exists("heading", there);
        await until("the reader is brought to it", async () => !/^(nowhere|link|searchbox)$/.test((await hand.focus()).role));
        await hand.enter("link", "Я", { back: true });
      }
      await hand.exists("heading", /Ольга/);
      await hand.write("searchbox", undefined, "ъъъ", { back: true });
      await hand.hear("Ничего не нашлось");
    },
  },
  {
    title: "under Me: a document is read and printed, who looked is told, and a permission is changed",
    life: "mother",
    size: NARROW,
    async live({ hand, page, device }) {
      await hand.enter("link", "Я");
      await hand.isAt("heading", /Ольга/);
      const { documents } = await device.call("me");
      const title = documents[0].title.ru;
      await hand.enter("link", "Документы и памятки");
      await hand.isAt("heading", "Документы и памятки");
      await hand.enter("link", title);
      await hand.isAt("heading", title);
      const printing = page.evaluate(() => new Promise((done) => addEventListener("beforeprint", () => done(true))));
      await hand.enter("button", "Распечатать");
      assert.ok(await printing);
      await hand.enter("link", "Назад", { back: true });
      await hand.isAt("link", title);
      await hand.enter("link", "Я", { back: true });
      await hand.enter("link", "Кто смотрел мои данные");
      await hand.isAt("heading", "Кто смотрел мои данные");
      await hand.read(/Зачем: /);

      await hand.enter("link", "Я", { back: true });
      await hand.enter("link", "Мои разрешения");
      await hand.isAt("heading", "Мои разрешения");
      const { expanded } = await hand.reach("disclosure", /^Выплаты и помощь Готовить/);
      assert.equal(expanded, false);
      await hand.act();
      await hand.choose("Готовить и спрашивать", "Подсказывать");
      await until("the city keeps it", async () => {
        await device.call("sync");
        const { reach, pending } = (await device.call("me")).consents.find(({ id }) => id === "olga-social");
        return reach === "suggest" && !pending;
      });
      await hand.isAt("radio", "Подсказывать");
    },
  },
  {
    title: "the settings: quiet hours, notifications, an update now, hard news, theme and language",
    life: "calm",
    size: NARROW,
    async live({ hand, device }) {
      await toSettings(hand);
      const settings = async () => (await device.call("me")).settings;
      assert.deepEqual([(await settings()).quiet_from, (await settings()).quiet_to], ["21:00:00", "09:00:00"]);
      await hand.tick("switch", "Уведомления");
      await until("no notification any more", async () => !(await settings()).notifications);
      await hand.select("С", "23:00");
      await hand.select("До", "11:00");
      await until("the quiet hours are kept", async () => {
        const { quiet_from: from, quiet_to: to } = await settings();
        return from === "23:00:00" && to === "11:00:00";
      });
      await hand.isAt("combobox", "До");
      const { as_of: before } = await device.call("session");
      await hand.enter("button", "Обновить сейчас");
      await hand.hear("Обновлено.");
      assert.notEqual((await device.call("session")).as_of, before, "the city was asked");

      await hand.enter("link", "Перейти к содержанию", { back: true });
      await hand.isAt("heading", "Настройки");
      await hand.choose("Русский", "English");
      await hand.exists("heading", "Settings");
      await hand.choose("Same as system", "Dark");
      await hand.choose("Call me", "Tell me at the visit");
      const { language, theme, news } = await until("it is kept", async () => {
        const kept = await settings();
        return kept.news === "visit" && kept.theme === "dark" && kept;
      });
      assert.deepEqual({ language, theme, news }, { language: "en", theme: "dark", news: "visit" });
    },
  },
];
