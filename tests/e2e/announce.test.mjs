// Whoever listens instead of looking is told what has changed, in their language: done and taken back, found, offline, wrong.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openTown, person as begin } from "./browser.mjs";
import { openEars } from "./ears.mjs";
import { until } from "./paths.mjs";
import { lives, screens, toCard, visit } from "./screens.mjs";

/** What is pressed, and what is heard then. */
const WORDS = {
  ru: {
    accept: "Принять", undo: "Отменить", undone: "Отменено. Всё как было.", otherTime: "Другое время",
    wrong: "Не получилось. Ваши данные целы.", offline: "Нет связи. Показываем то, что было", online: "Связь снова есть.", came: /^Новое предложение: /, waits: "1 ответ ждёт отправки",
    end: "Закончить эту историю",
    done: "Сделано", marked: "Отметили как сделанное.", syncNow: "Обновить сейчас", synced: "Обновлено.",
    sought: "детский сад", found: /^Нашлось: \d+$/, nothing: "Ничего не нашлось. Попробуйте другое слово.",
    next: "Месяц вперёд", december: /^декабрь 2026$/i, day: /декабря/, seen: /^Видно: с .+ до /, closer: "Приблизить",
    whatIf: "Что если…", what: "Что изменилось бы", much: "малышей", many: "Беременность. Сколько малышей", look: "Посмотреть", appears: /Появится: \d/,
    none: "Такого нет. Попробуйте другими словами.", another: "Мой случай другой", send: "Отправить", sent: "Передали человеку.",
    ended: "Остановили: Беременность", silent: "Город сейчас не отвечает.", own: "или подключите свой город", address: "Адрес города", connect: "Подключить",
    door: "Вход", enter: "Войти", waiting: "Ждём вас в браузере", open: "Открыть", phrase: "Эта фраза не подходит",
  },
  en: {
    accept: "Accept", undo: "Undo", undone: "Undone. Everything is as it was.", otherTime: "Another time",
    wrong: "That did not work. Your data is safe.", offline: "No connection. This is how things were", online: "The connection is back.", came: /^A new offer: /, waits: "1 answer is waiting to be sent",
    end: "End this story",
    done: "Done", marked: "Marked as done.", syncNow: "Update now", synced: "Up to date.",
    sought: "kindergarten", found: /^Found: \d+$/, nothing: "Nothing found. Try another word.",
    next: "Next month", december: /^December 2026$/, day: /December/, seen: /^In sight: .+ to /, closer: "Zoom in",
    whatIf: "What if…", what: "What would change", much: "how many babies", many: "Pregnancy. How many babies", look: "See", appears: /Would appear: \d/,
    none: "Nothing like that. Try other words.", another: "My case is different", send: "Send", sent: "Passed on to a person.",
    ended: "Stopped: Pregnancy", silent: "The city does not answer now.", own: "or connect your own city", address: "City address", connect: "Connect",
    door: "Sign in", enter: "Sign in", waiting: "Waiting for you in the browser", open: "Open", phrase: "This passphrase does not fit",
  },
};

describe("what changes is said aloud", { timeout: 180_000, concurrency: 2 }, () => {
  let city, town;
  before(async () => ({ city } = town = await openTown()));
  after(() => town?.close());

  const broken = (route) => route.fulfill({ status: 500, json: { code: "inside", message: { ru: "", en: "" } } });

  for (const [language, words] of Object.entries(WORDS)) {
    const person = (title, life, live) =>
      test(`${title}, in ${language}`, () => begin(town, life, { locale: language }, async (page, device) => {
        await device.call("set_setting", { language });
        await page.locator(`html[lang=${language}]`).waitFor();
        await live(page, await openEars(page), device);
      }));
    const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();

    person("an answer, its taking back, what does not work and what waits for the network", "suspicion", async (page, ears, device) => {
      await page.getByTestId("offer-card").first().waitFor();
      await ears.take();
      await press(page, words.accept);
      const { undo } = await until("it can be taken back", async () => {
        const today = await device.call("today");
        return today.undo && today;
      });
      await ears.hear(undo.words[language]);
      await page.waitForTimeout(2100);
      assert.deepEqual(await ears.take(), [], "the seconds that run are not counted aloud");
      await press(page, words.undo);
      await ears.hear(words.undone);

      await page.route("**/rpc/answer_offer", broken, { times: 2 });
      await press(page, words.accept);
      await ears.hear(words.wrong);
      await press(page, words.accept);
      await ears.hear(words.wrong);
      await page.route("**/rpc/other_times", broken, { times: 1 });
      await press(page, words.otherTime);
      await ears.hear(words.wrong);
      await page.keyboard.press("Escape");

      await device.call("set_network", { offline: true });
      await ears.hear(words.offline);
      await press(page, words.accept);
      await ears.hear(words.waits);
      await device.call("undo", { thing: (await device.call("today")).undo.thing });
      await device.call("set_network", { offline: false });
      await ears.hear(words.online);
      await device.call("sync");
      assert.equal(await page.getByText(words.online).count(), 1, "it stays until it can have been heard");
    });

    const listens = { ru: "calm", en: "pensioner" }[language];
    person("an offer that comes while Today is open", listens, async (page, ears) => {
      await visit(page, screens.today);
      await ears.take();
      await city.laboratory(lives[listens].who);
      await ears.hear(words.came);
    });

    person("what is found, or not; a month that is turned to; what was asked of a person; a step that is done", "mother", async (page, ears, device) => {
      await visit(page, screens.me);
      const asked = page.getByRole("searchbox");
      await asked.fill(words.sought);
      await ears.hear(words.found);
      await asked.fill("ъъъ");
      await ears.hear(words.nothing);
      await visit(page, screens.settings);
      await press(page, words.syncNow);
      await ears.hear(words.synced);
      await visit(page, screens.month);
      await ears.take();
      await press(page, words.next);
      const heard = await ears.hear(words.december);
      assert.ok(heard.length <= 2, `a month and a day of it, nothing else: ${heard}`);

      await press(page, words.another);
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox").fill("…");
      await page.route("**/rpc/ask_human", broken, { times: 1 });
      await dialog.getByRole("button", { name: words.send }).click();
      await ears.hear(words.wrong);
      await dialog.getByRole("button", { name: words.send }).click();
      await ears.hear(words.sent);

      const { next } = await device.call("today");
      const step = next.find(({ action }) => ["do", "pay", "ask", "decide"].includes(action));
      await visit(page, toCard(step.id));
      await press(page, words.done);
      await ears.hear(words.marked);
    });

    person("what of a life is in sight, what would be if, and a story that was ended", "expecting", async (page, ears) => {
      await visit(page, screens.path);
      await ears.hear(words.seen);
      await press(page, words.closer);
      await ears.hear(words.seen);
      const whatIf = page.getByTestId("what-if");
      await whatIf.getByText(words.whatIf).click();
      const asked = whatIf.getByRole("combobox", { name: words.what });
      await asked.fill("ъъъ");
      await ears.hear(words.none);
      await asked.fill(words.much);
      await whatIf.getByRole("option", { name: words.many }).first().click();
      await whatIf.getByRole("textbox").fill("2");
      await press(page, words.look);
      await ears.hear(words.appears);
      await press(page, words.end);
      await ears.hear(words.ended);
      await press(page, words.undo);
      await ears.hear(words.undone);
    });

    person("the way in: a city that does not answer, and the browser that is waited for", null, async (page, ears) => {
      if (await page.getByText(words.own).isVisible()) await page.getByText(words.own).click();
      const address = page.getByRole("textbox", { name: words.address });
      await address.fill("http://127.0.0.1:9");
      await press(page, words.connect);
      await ears.hear(words.silent);
      await address.fill(city.url);
      await press(page, words.connect);
      await page.getByRole("heading", { name: words.door }).waitFor();
      await press(page, words.enter);
      await ears.hear(words.waiting);
    });

    person("a phrase that is not the right one", "calm", async (page, ears, device) => {
      await device.lock();
      await page.goto(device.address);
      ears = await openEars(page);
      await page.locator("input[type=password]").fill("не та");
      await press(page, words.open);
      await ears.hear(words.phrase);
    });
  }
});
