// The way in, the way out, and what is left on the device then.
import assert from "node:assert/strict";
import { openPage, PHRASE } from "../browser.mjs";
import { NARROW } from "./sizes.mjs";

const toOwnCity = async (hand) => {
  await hand.exists("heading", "Следующий шаг уже готов");
  if ((await hand.all("disclosure")).length > 0) await hand.enter("disclosure", "или подключите свой город");
};

/** Signs in as somebody on the city's own page, which opens beside the app. */
async function signInAs(who, { hand, take, page, city }) {
  await hand.isAt("heading", "Вход");
  await hand.enter("button", "Войти");
  await hand.isAt("heading", "Ждём вас в браузере");
  const opened = page.waitForEvent("popup");
  await hand.enter("link", "Открыть страницу входа");
  const there = await opened;
  await (await take(there)).enter("button", who);
  await there.waitForURL((url) => url.origin !== new URL(city.url).origin);
}

export const arriving = [
  {
    title: "the way in: a city's address is given, the city's page signs in, consents are decided, Today opens",
    life: null,
    size: NARROW,
    async live({ hand, take, page, city }) {
      await toOwnCity(hand);
      await hand.write("textbox", "Адрес города", city.url);
      await hand.send("Подключить");
      await signInAs(/Нина/, { hand, take, page, city });
      await hand.isAt("heading", "Что разрешить городу");
      await hand.choose("Выключено", "Готовить и спрашивать");
      await hand.enter("button", "Готово");
      await hand.isAt("heading", /Нина/);
      await hand.reach("button", "Принять");
      assert.deepEqual((await city.visits("nina")).map(({ status }) => status), ["pending"]);
    },
  },
  {
    title: "a city's code is scanned: what opens is a choice of photos, and the address is read from one",
    life: null,
    size: NARROW,
    async live({ hand, page, city, browser }) {
      await toOwnCity(hand);
      const theirs = await openPage(browser, null);
      await theirs.goto(new URL("/operator", city.url).href);
      const code = await theirs.getByRole("img", { name: `QR: ${city.url}` }).screenshot();
      await theirs.context().close();
      // Asked for well before it is pressed: the browser takes the two by different ways, and the press may come first.
      const choosing = page.waitForEvent("filechooser");
      await hand.enter("button", /^Сканировать код города/);
      await (await choosing).setFiles({ name: "photo.png", mimeType: "image/png", buffer: code });
      await hand.isAt("button", "Подключить");
      await hand.act();
      await hand.isAt("heading", "Вход");
    },
  },
  {
    title: "what a device without a keyring keeps is opened by its phrase; a wrong one is told, and nothing is lost",
    life: "calm",
    size: NARROW,
    async live({ hand, page, device }) {
      await device.lock();
      await page.goto(device.address);
      await hand.exists("heading", "Веха закрыта");
      await hand.write("textbox", "Фраза", "не та");
      await hand.send("Открыть");
      await hand.hear("Эта фраза не подходит");
      assert.match((await hand.focus()).name, /^(Фраза|Открыть)$/, "the focus is where it was");
      await hand.write("textbox", "Фраза", PHRASE);
      await hand.send("Открыть");
      await hand.isAt("heading", /Анна/);
    },
  },
  {
    title: "who signs out leaves nothing to see, and finds everything again after signing in",
    life: "calm",
    size: NARROW,
    async live({ hand, take, page, device, city }) {
      await hand.enter("link", "Я");
      await hand.enter("link", "Настройки");
      await hand.isAt("heading", "Настройки");
      await hand.enter("button", "Выйти");
      await hand.isAt("heading", "Вход");
      await hand.gone("link", "Сегодня");
      assert.equal((await device.call("session")).state, "signed_out");
      await assert.rejects(device.call("me"), /signed-out/, "the device tells nothing of her");
      await signInAs(/Анна/, { hand, take, page, city });
      await hand.isAt("heading", "Настройки");
      await hand.enter("link", "Сегодня", { back: true });
      await hand.isAt("heading", /Анна/);
      assert.equal((await device.call("session")).state, "ready");
    },
  },
  {
    title: "everything is taken off this device after a question, and who leaves the question keeps it",
    life: "calm",
    size: NARROW,
    async live({ hand, device }) {
      const words = "Стереть данные на этом устройстве";
      await hand.enter("link", "Я");
      await hand.enter("link", "Настройки");
      await hand.isAt("heading", "Настройки");
      await hand.enter("button", words, { back: true });
      await hand.exists("dialog", words);
      await hand.leave();
      await hand.gone("dialog");
      await hand.isAt("button", words);
      assert.equal((await device.call("session")).state, "ready");
      await hand.act();
      await hand.enter("button", "Да, стереть");
      await hand.gone("dialog");
      await hand.isAt("heading", "Следующий шаг уже готов");
      assert.equal((await device.call("session")).state, "no_city");
    },
  },
];
