// What a resident does themselves, has already, does not want, or brings to an end.
import assert from "node:assert/strict";
import { until } from "../paths.mjs";
import { NARROW, WIDE } from "./sizes.mjs";
import { letGo, takeBack } from "./taking-back.mjs";

export const steps = [
  {
    title: "a step is marked as done, and a visit at home as one that took place; each is taken back, and said again",
    life: "mother",
    size: WIDE,
    async live({ hand, device, city }) {
      const known = async () => (await city.state()).residents.find(({ id }) => id === "olga").facts;
      for (const [step, words] of [[/Зарегистрировать рождение/, "Сделано"], [/К малышу придут домой: 10-й день/, "Уже приходили"]]) {
        await hand.enter("link", "Сегодня", { back: true });
        await hand.enter("link", step);
        await hand.isAt("heading", step);
        const before = await known();
        await hand.enter("button", words);
        await hand.hear("Отметили как сделанное");
        await takeBack(hand);
        await hand.enter("button", words);
        await hand.gone("button", words);
        await letGo(hand, device);
        await hand.isAt("heading", step);
        await until("the city has it once", async () => (await known()) === before + 1);
      }
    },
  },
  {
    title: "an offer is refused and taken back, and a step one has already is put aside",
    life: "expecting",
    size: NARROW,
    async live({ hand, device }) {
      await hand.enter("button", "Не для меня");
      await takeBack(hand);
      await hand.reach("button", "Не для меня");
      await hand.enter("link", /Психолог/);
      await hand.isAt("heading", /Психолог/);
      await hand.enter("button", "У меня это уже есть");
      await hand.hear("Учли: это у вас уже есть.");
      await takeBack(hand);
      await hand.enter("button", "У меня это уже есть");
      await hand.gone("button", "У меня это уже есть");
      await letGo(hand, device);
      await hand.isAt("heading", /Психолог/);
    },
  },
  {
    title: "a story is ended from a card without a reason, taken back, and ended from the path; the city frees what it held for it",
    life: "pregnant",
    size: NARROW,
    async live({ hand, device, city }) {
      const ends = "Закончить эту историю";
      const held = async () => (await city.visits("maria", "pending")).length;
      await until("the city holds a time", async () => (await held()) === 1);
      await hand.enter("link", /Первый визит/);
      await hand.isAt("heading", /Первый визит/);
      await hand.enter("button", ends);
      await hand.hear(/Остановили: Беременность/);
      await takeBack(hand);
      await hand.isAt("heading");
      await hand.enter("link", "Путь");
      await hand.isAt("heading", "Путь");
      await hand.enter("button", ends, { about: /Беременность/ });
      await hand.read(/Остановили: Беременность/, "status");
      await letGo(hand, device);
      await until("the city holds nothing for it", async () => (await held()) === 0);
    },
  },
];
