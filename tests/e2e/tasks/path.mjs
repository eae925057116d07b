// A path: whose it is, what would be if, its steps, and all of it on paper.
import assert from "node:assert/strict";
import { NARROW } from "./sizes.mjs";

export const path = [
  {
    title: "what would be if there were two is looked at and forgotten, and a step is opened from the list",
    life: "expecting",
    size: NARROW,
    async live({ hand, device }) {
      const known = async () => (await device.call("facts")).flatMap(({ facts }) => facts.map(({ id }) => id));
      const before = await known();
      await hand.enter("link", "Путь");
      await hand.isAt("heading", "Путь");
      await hand.enter("disclosure", "Что если…");
      await hand.pick("Что изменилось бы", "малышей", "Беременность. Сколько малышей");
      await hand.write("textbox", undefined, "2");
      await hand.enter("button", "Посмотреть");
      await hand.isAt("combobox", "И ещё");
      await hand.hear(/Появится/);
      await hand.exists("heading", /Появится/);
      await hand.enter("button", /^Убрать: /, { back: true });
      await hand.isAt("combobox", "Что изменилось бы");
      await hand.gone("heading", /Появится/);
      assert.deepEqual(await known(), before, "nothing of it is kept");
      await hand.enter("link", /^Второе обследование: УЗИ/);
      await hand.isAt("heading", /^Второе обследование: УЗИ/);
      await hand.enter("link", "Назад", { back: true });
      await hand.isAt("link", /^Второе обследование: УЗИ/);
    },
  },
  {
    title: "another's path is chosen, also under Me, and printed",
    life: "daughter",
    size: NARROW,
    async live({ hand, page }) {
      const his = "Семён";
      const shown = (name) => hand.read(new RegExp(`paragraph: ${name}, `));
      await hand.enter("link", "Путь");
      await hand.isAt("heading", "Путь");
      await shown("Вера");
      await hand.select("Чей путь", his);
      await shown(his);
      await hand.isAt("combobox", "Чей путь");
      await hand.exists("link", /Решение о помощи на дому/);

      const printing = page.evaluate(() => new Promise((done) => addEventListener("beforeprint", () => done(document.title))));
      await hand.enter("button", "Распечатать");
      assert.match(await printing, /Путь/);
      await hand.isAt("button", "Распечатать");

      await hand.enter("link", "Я", { back: true });
      await hand.enter("link", "Семья");
      await hand.isAt("heading", "Семья");
      await hand.enter("link", /^Вера/);
      await hand.isAt("heading", "Путь");
      await shown("Вера");
    },
  },
];
