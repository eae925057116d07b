// A person is asked, a record is disputed, and what nobody knows is told.
import assert from "node:assert/strict";
import { until } from "../paths.mjs";
import { NARROW, WIDE } from "./sizes.mjs";

export const asking = [
  {
    title: "a card says why, a record is disputed, and the answer is found under Me",
    life: "screened",
    size: NARROW,
    async live({ hand, city }) {
      const offer = { about: "Хирург и обследование" };
      await hand.enter("link", "Почему это мне?", offer);
      await hand.isAt("heading", offer.about);
      await hand.read(/heading "Почему это вам"[^]*да:/);
      await hand.enter("link", "Назад", { back: true });
      assert.equal((await hand.isAt("link", "Почему это мне?")).description, offer.about);
      await hand.enter("link", "Я");
      await hand.isAt("heading");
      await hand.enter("link", "Что город знает обо мне");
      await hand.isAt("heading", "Что город знает обо мне");
      await hand.enter("button", /^Это неверно: /);
      await hand.exists("dialog", "Это неверно");
      await hand.write("textbox", "Как на самом деле?", "Такого не было.");
      await hand.enter("button", "Отправить");
      await hand.hear("Передали источнику");
      await hand.isAt("heading");
      const asked = await until("the city has it", async () =>
        (await city.state()).disputes.find(({ text }) => text === "Такого не было."));
      await city.act("answer", { inquiry: asked.id, text: "Спасибо, запись исправим.", verdict: "stands" });
      await hand.enter("link", "Я", { back: true });
      await hand.enter("link", "Мои вопросы и ответы");
      await hand.isAt("heading", "Мои вопросы и ответы");
      await hand.read(/Такого не было\.[^]*Спасибо, запись исправим\./);
    },
  },
  {
    title: "“My case is different” is said on the calendar, and a person's reply is read",
    life: "suggested",
    size: WIDE,
    async live({ hand, device, city }) {
      await device.call("set_setting", { language: "en" });
      await hand.enter("link", "Calendar");
      await hand.isAt("heading", "Calendar");
      await hand.enter("button", "My case is different");
      await hand.exists("dialog", "My case is different");
      await hand.write("textbox", "What is different for you?", "I work nights.");
      await hand.enter("button", "Send");
      await hand.gone("dialog");
      await hand.isAt("button", "My case is different");
      const asked = await until("the city has it", async () =>
        (await city.state()).questions.find(({ text }) => text === "I work nights."));
      await city.act("answer", { inquiry: asked.id, text: "We shall ring you in the evening." });
      await hand.enter("link", "Me", { back: true });
      await hand.enter("link", "My questions and answers");
      await hand.read(/I work nights\.[^]*We shall ring you in the evening\./);
    },
  },
  {
    title: "a question is answered for this device only, and the next one for the city, too",
    life: "pensioner",
    size: NARROW,
    async live({ hand, device, city }) {
      const facts = async () => (await city.state()).residents.find(({ id }) => id === "galina").facts;
      const known = await facts();
      await hand.enter("button", /^Показать ещё/);
      await hand.isAt("link");
      const words = "У вас есть квартира, дом, участок или машина?";
      await hand.exists("group", words);
      assert.equal((await hand.tick("checkbox", "Оставить только на этом устройстве")).checked, "true");
      await hand.enter("button", "Нет", { back: true });
      await hand.hear("Учли. Ответ остался только на этом устройстве.");
      await hand.gone("group", words);
      await hand.isAt("heading", "Уточните, если хотите");
      await device.call("sync");
      assert.equal(await facts(), known, "the city heard nothing of it");
      const next = (await hand.all("group")).find(({ name }) => name.endsWith("?"));
      assert.ok(next, "there is a next question");
      await hand.enter("button", "Нет");
      await hand.hear("Спасибо, учли.");
      await hand.gone("group", next.name);
      await until("the city knows the answer", async () => (await facts()) === known + 1);
    },
  },
];
