// What is offered, booked, moved and cancelled; where a visit is, and what another calendar gets to know of it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { until } from "../paths.mjs";
import { NARROW, WIDE } from "./sizes.mjs";
import { letGo, takeBack } from "./taking-back.mjs";

/** Another time than the one that is: the city has this one visit still, at that time. */
const moved = (city, who, before) =>
  until("the city has moved it", async () => {
    const [after, ...more] = await city.visits(who, "booked");
    return after !== undefined && after.start !== before && more.length === 0;
  });

export const visits = [
  {
    title: "an offer is accepted, taken back, accepted again and booked",
    life: "suspicion",
    size: NARROW,
    async live({ hand, device, city }) {
      const { description } = await hand.enter("button", "Принять");
      assert.equal(description, "Приём в поликлинике", "it is said what is accepted");
      await takeBack(hand);
      await hand.isAt("heading");
      await hand.enter("button", "Принять");
      await letGo(hand, device);
      await hand.isAt("heading");
      await hand.reach("link", /вы записаны/);
      assert.equal((await city.visits("oleg", "booked")).length, 1);
    },
  },
  {
    title: "another time is chosen for an offer, and taken back",
    life: "prostate",
    size: WIDE,
    async live({ hand, device, city }) {
      const starts = async () => (await city.visits("viktor", "pending")).map(({ start }) => start);
      const before = await starts();
      await hand.enter("button", "Другое время");
      await hand.exists("button", /^Выбрать/);
      await hand.leave();
      await hand.gone("dialog");
      await hand.isAt("button", "Другое время");
      await hand.act();
      await hand.enter("button", /^Выбрать/);
      await hand.gone("dialog");
      await takeBack(hand);
      await hand.isAt("heading");
      await hand.reach("button", "Принять");
      await device.call("sync");
      assert.deepEqual(await starts(), before, "the city holds what it held");
    },
  },
  {
    title: "where the city may only suggest, a time is taken by oneself, taken back, taken again and booked",
    life: "no-consent",
    size: NARROW,
    async live({ hand, device, city }) {
      // Whoever was here before may have allowed more.
      await device.call("set_consent", { id: "nina-health", reach: "off", given: false });
      await hand.gone("button", "Принять");
      await hand.enter("link", /Приём в поликлинике/);
      await hand.enter("button", "Выбрать время");
      await hand.exists("dialog", "Когда вам удобно?");
      // Who moves a visit in another task takes the nearest time.
      await hand.enter("button", /^Выбрать завтра/);
      await hand.gone("dialog");
      await takeBack(hand);
      await hand.enter("button", "Выбрать время");
      await hand.enter("button", /^Выбрать завтра/);
      await letGo(hand, device);
      await until("the city has booked it", async () => (await city.visits("nina", "booked")).length === 1);
      await hand.exists("button", "Перенести");
    },
  },
  {
    title: "a booked visit is moved to another time and cancelled, each after it was taken back once",
    life: "offered",
    size: NARROW,
    async live({ hand, device, city }) {
      const move = async () => {
        await hand.enter("button", "Перенести");
        await hand.exists("dialog", "Другое время");
        await hand.enter("button", /^Выбрать /);
        await hand.gone("dialog");
      };
      await hand.enter("button", "Принять");
      await letGo(hand, device);
      await hand.enter("link", /вы записаны/);
      const [before] = await city.visits("anna", "booked");
      assert.ok(before, "the visit is booked");

      await move();
      await takeBack(hand);
      await move();
      await letGo(hand, device);
      await moved(city, "anna", before.start);

      await hand.enter("button", "Отменить запись");
      await takeBack(hand);
      await hand.enter("button", "Отменить запись");
      await letGo(hand, device);
      await until("the city has freed it", async () => (await city.visits("anna", "booked")).length === 0);
    },
  },
  {
    title: "in the calendar: the way to a visit on the map, one visit and all of them into another calendar, another time; then its card",
    life: "acted",
    size: NARROW,
    async live({ hand, page, device, city }) {
      const [before] = await city.visits("pavel", "booked");
      await hand.enter("link", "Календарь");
      await hand.isAt("heading", "Календарь");
      await hand.enter("disclosure", /^Подготовиться и добраться/);
      const opened = page.waitForEvent("popup");
      await hand.enter("link", /^Показать на карте/);
      const map = await opened;
      await map.getByRole("heading").first().waitFor();
      assert.equal(new URL(map.url()).origin, new URL(city.url).origin, "it is the city's own map");
      await map.close();

      const save = async (name, how) => {
        const saving = page.waitForEvent("download");
        await hand.enter("button", name, how);
        const file = await saving;
        assert.match(file.suggestedFilename(), /\.ics$/);
        assert.equal((await readFile(await file.path(), "utf8")).match(/BEGIN:VEVENT/g)?.length, 1);
        await hand.isAt("button", name);
      };
      await save("Сохранить календарь (.ics)");
      await save(/^Сохранить в календарь: /, { back: true });

      await hand.enter("button", /^Другое время: /);
      await hand.exists("dialog", "Другое время");
      // Who moves a visit in another task takes the nearest time, and who books one the next day's.
      await hand.enter("button", /^Выбрать (?!сегодня|завтра)/);
      await hand.gone("dialog");
      await letGo(hand, device);
      await moved(city, "pavel", before.start);
      await save("В мой календарь");
    },
  },
  {
    title: "another calendar is given an address, and deprived of it",
    life: "pensioner",
    size: WIDE,
    async live({ hand }) {
      await hand.enter("link", "Календарь");
      await hand.isAt("heading", "Календарь");
      await hand.enter("disclosure", "Подписка для другого календаря");
      await hand.enter("button", "Создать адрес");
      const { value: address } = await hand.isAt("textbox", "Адрес подписки");
      assert.match(await (await fetch(address)).text(), /^BEGIN:VCALENDAR/);
      await hand.enter("button", "Отозвать адрес");
      await hand.hear("Адрес отозван");
      await hand.isAt("disclosure", "Подписка для другого календаря");
      await hand.reach("button", "Создать адрес");
      assert.equal((await fetch(address)).status, 404);
    },
  },
  {
    title: "who goes offline answers all the same: it waits, is said to wait, and leaves when the network is back",
    life: "daughter",
    size: NARROW,
    async live({ hand, device, city }) {
      await hand.enter("link", "Я");
      await hand.enter("link", "Настройки");
      await hand.isAt("heading", "Настройки");
      assert.equal((await hand.tick("switch", "Работать без сети")).role, "switch");
      await hand.hear("Нет связи");
      assert.ok((await hand.all("switch")).some(({ name, checked }) => name === "Работать без сети" && checked === "true"));
      await hand.enter("link", "Сегодня", { back: true });
      await hand.enter("button", "Принять");
      await hand.isAt("button", "Отменить");
      await hand.hear("1 ответ ждёт отправки");
      await hand.gone("button", "Отменить");
      const now = async (status) => (await city.visits("semyon", status)).length;
      assert.equal(await now("booked"), 0, "the city heard nothing of it");
      await hand.enter("button", "Выйти на связь", { back: true });
      await hand.hear("Связь снова есть");
      await hand.isAt("heading");
      await until("the answer has left", async () => (await device.call("session")).waiting === 0, 25);
      await until("the city has booked it", async () => (await now("booked")) === 1);
    },
  },
];
