// Every main task by keyboard alone, everything found by the role and name the accessibility tree gives it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { openPage, openTown, person as begin, PHRASE } from "./browser.mjs";
import { takeKeys } from "./keyboard.mjs";
import { until } from "./paths.mjs";
import { screens, visit } from "./screens.mjs";

const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1200, height: 800 };

describe("by keyboard alone", { concurrency: 3, timeout: 300_000 }, () => {
  let city, town;
  before(async () => ({ city } = town = await openTown()));
  after(() => town?.close());

  const person = (title, life, size, live) =>
    test(title, () => begin(town, life, { ...size, acceptDownloads: true }, async (page, device) => live(await takeKeys(page), { page, device })));

  person("the way in: a city's address is pasted, the city's page signs in, consents are decided, Today opens", null, NARROW, async (keys, { page }) => {
    await keys.exists("heading", "Следующий шаг уже готов");
    if ((await keys.all("disclosure")).length > 0) await keys.enter("disclosure", "или подключите свой город");
    await keys.reach("textbox", "Адрес города");
    await keys.paste(city.url);
    await keys.act("Enter");
    await keys.isAt("heading", "Вход");
    await keys.enter("button", "Войти");
    await keys.isAt("heading", "Ждём вас в браузере");
    const opened = page.waitForEvent("popup");
    await keys.enter("link", "Открыть страницу входа");
    const there = await opened;
    await (await takeKeys(there)).enter("button", /Нина/);
    await there.waitForURL((url) => url.origin !== new URL(city.url).origin);
    await keys.isAt("heading", "Что разрешить городу");
    await keys.choose("Выключено", "Готовить и спрашивать");
    await keys.enter("button", "Готово");
    await keys.isAt("heading", /Нина/);
    await keys.reach("button", "Принять");
    assert.deepEqual((await city.visits("nina")).map(({ status }) => status), ["pending"]);
  });

  person("a city's code is scanned: what opens is a choice of photos, and the address is read from one", null, NARROW, async (keys, { page }) => {
    await keys.exists("heading", "Следующий шаг уже готов");
    if ((await keys.all("disclosure")).length > 0) await keys.enter("disclosure", "или подключите свой город");
    const theirs = await openPage(town.browser, null);
    await theirs.goto(new URL("/operator", city.url).href);
    const code = await theirs.getByRole("img", { name: `QR: ${city.url}` }).screenshot();
    await theirs.context().close();
    // Asked for well before the key: the browser takes the two by different ways, and the key may come first.
    const choosing = page.waitForEvent("filechooser");
    await keys.enter("button", /^Сканировать код города/);
    await (await choosing).setFiles({ name: "photo.png", mimeType: "image/png", buffer: code });
    await keys.isAt("button", "Подключить");
    await keys.act("Enter");
    await keys.isAt("heading", "Вход");
  });

  person("what a device without a keyring keeps is opened by its phrase; a wrong one is told, and nothing is lost", "calm", NARROW, async (keys, { page, device }) => {
    await device.lock();
    await page.goto(device.address);
    await keys.exists("heading", "Веха закрыта");
    await keys.reach("textbox", "Фраза");
    await keys.type("не та");
    await keys.act("Enter");
    await keys.hear("Эта фраза не подходит");
    await keys.isAt("textbox", "Фраза");
    await keys.act("Control+a");
    await keys.type(PHRASE);
    await keys.act("Enter");
    await keys.isAt("heading", /Анна/);
  });

  person("a story is ended without a reason, taken back, and ended", "pregnant", NARROW, async (keys) => {
    const ends = "Закончить эту историю";
    const story = { about: /Беременность/ };
    await keys.enter("link", "Путь");
    await keys.isAt("heading", "Путь");
    await keys.enter("button", ends, story);
    await keys.hear(/Остановили: Беременность/);
    await keys.isAt("button", "Отменить");
    await keys.act();
    await keys.hear("Отменено");
    await keys.isAt("heading");
    await keys.enter("link", "Путь");
    await keys.isAt("heading", "Путь");
    await keys.enter("button", ends, story);
    await keys.isAt("button", "Отменить");
    await keys.read(/Остановили: Беременность/, "status");
  });

  person("a step is marked as done, and one visit is put into another calendar", "mother", WIDE, async (keys, { page }) => {
    await keys.enter("link", /Зарегистрировать рождение/);
    await keys.isAt("heading", /Зарегистрировать рождение/);
    await keys.enter("button", "Сделано");
    await keys.hear("Отметили как сделанное");
    await keys.isAt("button", "Отменить");
    await keys.act();
    await keys.hear("Отменено");
    await keys.enter("button", "Сделано");
    await keys.gone("button", "Сделано");
    await keys.gone("button", "Отменить");
    await keys.isAt("heading", /Зарегистрировать рождение/);

    await city.laboratory("olga");
    await keys.enter("link", "Календарь", { back: true });
    await keys.isAt("heading", "Календарь");
    const saving = page.waitForEvent("download");
    await keys.enter("button", /^Сохранить в календарь: /);
    const file = await saving;
    assert.match(file.suggestedFilename(), /\.ics$/);
    assert.equal((await readFile(await file.path(), "utf8")).match(/BEGIN:VEVENT/g).length, 1);
  });

  person("an offer is accepted, taken back, accepted again and booked", "suspicion", NARROW, async (keys, { device }) => {
    await keys.exists("button", "Принять");
    assert.equal((await keys.press("Tab")).name, "Перейти к содержанию");
    await keys.act();
    await keys.isAt("heading", /Олег/);
    const { description } = await keys.enter("button", "Принять");
    assert.equal(description, "Приём в поликлинике", "it is said what is accepted");
    await keys.isAt("button", "Отменить");
    await keys.act();
    await keys.hear("Отменено");
    await keys.isAt("heading");
    await keys.enter("button", "Принять");
    await keys.isAt("button", "Отменить");
    await until("the answer has left", async () => (await device.call("session")).waiting === 0, 25);
    await keys.isAt("heading");
    await keys.reach("link", /вы записаны/);
    assert.equal((await city.visits("oleg", "booked")).length, 1);
  });

  person("another time is chosen in a dialog that keeps the focus, and Escape gives it back", "prostate", WIDE, async (keys) => {
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
    await keys.act();
    await keys.enter("button", /^Выбрать/);
    await keys.gone("dialog");
    await keys.isAt("button", "Отменить");
    await keys.act();
    await keys.hear("Отменено");
    await keys.isAt("heading");
    await keys.reach("button", "Принять");
  });

  person("where the city may only suggest, a time is taken by oneself, taken back, taken again and booked", "no-consent", NARROW, async (keys, { device }) => {
    // Whoever was here before may have allowed more.
    await device.call("set_consent", { id: "nina-health", reach: "off", given: false });
    await keys.gone("button", "Принять");
    await keys.enter("link", /Приём в поликлинике/);
    await keys.enter("button", "Выбрать время");
    await keys.exists("dialog", "Когда вам удобно?");
    // Who moves a visit in another test takes the nearest time.
    await keys.enter("button", /^Выбрать завтра/);
    await keys.gone("dialog");
    await keys.isAt("button", "Отменить");
    await keys.act();
    await keys.hear("Отменено");
    await keys.enter("button", "Выбрать время");
    await keys.enter("button", /^Выбрать завтра/);
    await keys.isAt("button", "Отменить");
    await until("the time has left", async () => (await device.call("session")).waiting === 0, 25);
    await until("the city has booked it", async () => (await city.visits("nina", "booked")).length === 1);
    await keys.exists("button", "Перенести");
  });

  person("a booked visit is moved to another time and cancelled, each after it was taken back once", "offered", NARROW, async (keys, { device }) => {
    const starts = async () => (await city.visits("anna", "booked")).map(({ start }) => start);
    const takeBack = async () => {
      await keys.isAt("button", "Отменить");
      await keys.act();
      await keys.hear("Отменено");
    };
    const leave = async () => {
      await keys.isAt("button", "Отменить");
      await until("the answer has left", async () => (await device.call("session")).waiting === 0, 25);
    };
    const move = async () => {
      await keys.enter("button", "Перенести");
      await keys.exists("dialog", "Другое время");
      await keys.enter("button", /^Выбрать /);
      await keys.gone("dialog");
    };
    await keys.enter("button", "Принять");
    await leave();
    await keys.enter("link", /вы записаны/);
    const [before] = await starts();
    assert.ok(before, "the visit is booked");

    await move();
    await takeBack();
    await move();
    await leave();
    await until("the city has moved it", async () => {
      const [after, ...more] = await starts();
      return after !== undefined && after !== before && more.length === 0;
    });

    await keys.enter("button", "Отменить запись");
    await takeBack();
    await keys.enter("button", "Отменить запись");
    await leave();
    await until("the city has freed it", async () => (await starts()).length === 0);
  });

  person("an offer is refused and taken back, and a step one has already is put aside", "expecting", NARROW, async (keys) => {
    await keys.enter("button", "Не для меня");
    await keys.isAt("button", "Отменить");
    await keys.act();
    await keys.hear("Отменено");
    await keys.reach("button", "Не для меня");
    await keys.enter("link", /Психолог/);
    await keys.isAt("heading", /Психолог/);
    await keys.enter("button", "У меня это уже есть");
    await keys.hear("Учли: это у вас уже есть.");
    await keys.isAt("button", "Отменить");
    await keys.act();
    await keys.hear("Отменено");
    await keys.enter("button", "У меня это уже есть");
    await keys.gone("button", "У меня это уже есть");
    await keys.gone("button", "Отменить");
    await keys.isAt("heading", /Психолог/);
    await keys.enter("link", "Перейти к содержанию", { back: true });
    await keys.isAt("heading", /Психолог/);
    assert.equal((await keys.press("Shift+Tab")).name, "Назад");
  });

  person("a card says why, a record is disputed, and the answer is found under Me", "screened", NARROW, async (keys) => {
    const offer = { about: "Хирург и обследование" };
    await keys.enter("link", "Почему это мне?", offer);
    await keys.isAt("heading", offer.about);
    await keys.read(/heading "Почему это вам"[^]*да:/);
    await keys.enter("link", "Назад", { back: true });
    assert.equal((await keys.isAt("link", "Почему это мне?")).description, offer.about);
    await keys.enter("link", "Я");
    await keys.isAt("heading");
    await keys.enter("link", "Что город знает обо мне");
    await keys.isAt("heading", "Что город знает обо мне");
    await keys.enter("button", /^Это неверно: /);
    await keys.exists("dialog", "Это неверно");
    await keys.reach("textbox", "Как на самом деле?");
    await keys.type("Такого не было.");
    await keys.enter("button", "Отправить");
    await keys.hear("Передали источнику");
    await keys.isAt("heading");
    const asked = await until("the city has it", async () =>
      (await city.state()).disputes.find(({ text }) => text === "Такого не было."));
    await city.act("answer", { inquiry: asked.id, text: "Спасибо, запись исправим.", verdict: "stands" });
    await keys.enter("link", "Я", { back: true });
    await keys.enter("link", "Мои вопросы и ответы");
    await keys.isAt("heading", "Мои вопросы и ответы");
    await keys.read(/Такого не было\.[^]*Спасибо, запись исправим\./);
  });

  person("“My case is different” is said on the calendar, and a person's reply is read", "suggested", WIDE, async (keys, { device }) => {
    await device.call("set_setting", { language: "en" });
    await keys.enter("link", "Calendar");
    await keys.isAt("heading", "Calendar");
    await keys.enter("button", "My case is different");
    await keys.exists("dialog", "My case is different");
    await keys.reach("textbox", "What is different for you?");
    await keys.type("I work nights.");
    await keys.enter("button", "Send");
    await keys.gone("dialog");
    await keys.isAt("button", "My case is different");
    const asked = await until("the city has it", async () =>
      (await city.state()).questions.find(({ text }) => text === "I work nights."));
    await city.act("answer", { inquiry: asked.id, text: "We shall ring you in the evening." });
    await keys.enter("link", "Me", { back: true });
    await keys.enter("link", "My questions and answers");
    await keys.read(/I work nights\.[^]*We shall ring you in the evening\./);
  });

  person("a question is answered for this device only", "pensioner", NARROW, async (keys) => {
    const facts = async () => (await city.state()).residents.find(({ id }) => id === "galina").facts;
    const known = await facts();
    await keys.enter("button", /^Показать ещё/);
    await keys.isAt("link");
    const words = "У вас есть квартира, дом, участок или машина?";
    await keys.exists("group", words);
    await keys.reach("checkbox", "Оставить только на этом устройстве");
    assert.equal((await keys.press("Space")).checked, "true");
    await keys.enter("button", "Нет", { back: true });
    await keys.hear("Учли. Ответ остался только на этом устройстве.");
    await keys.gone("group", words);
    await keys.isAt("heading", "Уточните, если хотите");
    assert.equal(await facts(), known, "the city heard nothing of it");
  });

  person("the path: the picture by keys, what would be if there were two, and a step from the list", "pregnant", NARROW, async (keys) => {
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

    await keys.enter("disclosure", "Что если…");
    await keys.pick("Что изменилось бы", "беременность", "Беременность. Сколько малышей");
    await keys.reach("textbox");
    await keys.type("2");
    await keys.enter("button", "Посмотреть");
    await keys.isAt("combobox", "И ещё");
    await keys.hear(/Появится/);
    await keys.enter("button", /^Убрать: /, { back: true });
    await keys.isAt("combobox", "Что изменилось бы");
    await keys.gone("heading", /Появится/);

    await keys.enter("link", /^Первый визит/);
    await keys.isAt("heading", /^Первый визит/);
    await keys.enter("link", "Назад", { back: true });
    await keys.isAt("link", /^Первый визит/);
  });

  person("the calendar: a month is walked by arrows, saved to a file, and given an address and deprived of it", "acted", WIDE, async (keys, { page }) => {
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

    const saving = page.waitForEvent("download");
    await keys.enter("button", "Сохранить календарь (.ics)");
    assert.match((await saving).suggestedFilename(), /\.ics$/);
    await keys.isAt("button", "Сохранить календарь (.ics)");

    await keys.enter("disclosure", "Подписка для другого календаря");
    await keys.enter("button", "Создать адрес");
    const { value: address } = await keys.isAt("textbox", "Адрес подписки");
    assert.match(await (await fetch(address)).text(), /^BEGIN:VCALENDAR/);
    await keys.enter("button", "Отозвать адрес");
    await keys.hear("Адрес отозван");
    await keys.isAt("disclosure", "Подписка для другого календаря");
    await keys.reach("button", "Создать адрес");
    assert.equal((await fetch(address)).status, 404);
  });

  person("a copy of all that the device knows is saved, and the focus stays", "mother", WIDE, async (keys, { page }) => {
    await visit(page, screens.settings);
    const saving = page.waitForEvent("download");
    await keys.enter("button", "Сохранить копию моих данных");
    const file = await saving;
    assert.match(file.suggestedFilename(), /^vekha-\d{4}-\d\d-\d\d\.json$/);
    const all = JSON.parse(await readFile(await file.path(), "utf8"));
    assert.equal(all.resident, "olga");
    assert.ok(all.facts.length > 0 && all.consents.length > 0 && all.documents.length > 0);
    await keys.isAt("button", "Сохранить копию моих данных");
  });

  person("under Me: what is found, a document, who looked, consents, language, theme and hard news", "mother", NARROW, async (keys, { device }) => {
    await keys.enter("link", "Я");
    await keys.isAt("heading", /Ольга/);
    await keys.reach("searchbox");
    await keys.type("детский сад");
    await keys.hear(/Нашлось/);
    const { name: found } = await keys.enter("link", /детский сад/i);
    await keys.isAt("heading", /детский сад/i);
    await keys.enter("link", "Назад", { back: true });
    await keys.isAt("link", found);
    await keys.reach("searchbox", undefined, { back: true });
    await keys.act("Escape");
    await keys.isAt("searchbox");

    const { documents } = await device.call("me");
    await keys.enter("link", "Документы и памятки");
    await keys.isAt("heading", "Документы и памятки");
    await keys.enter("link", documents[0].title.ru);
    await keys.isAt("heading", documents[0].title.ru);
    await keys.enter("link", "Назад", { back: true });
    await keys.isAt("link", documents[0].title.ru);
    await keys.enter("link", "Я", { back: true });
    await keys.enter("link", "Кто смотрел мои данные");
    await keys.isAt("heading", "Кто смотрел мои данные");
    await keys.read(/Зачем: /);

    await keys.enter("link", "Я", { back: true });
    await keys.enter("link", "Мои разрешения");
    await keys.isAt("heading", "Мои разрешения");
    const { expanded } = await keys.reach("disclosure", /^Выплаты и помощь Готовить/);
    assert.equal(expanded, false);
    await keys.act("Space");
    await keys.choose("Готовить и спрашивать", "Подсказывать");
    await until("the city keeps it", async () =>
      (await device.call("me")).consents.find(({ id }) => id === "olga-social").reach === "suggest");
    await keys.isAt("radio", "Подсказывать");

    await keys.enter("link", "Я", { back: true });
    await keys.enter("link", "Настройки");
    await keys.isAt("heading", "Настройки");
    await keys.choose("Русский", "English");
    await keys.exists("heading", "Settings");
    await keys.choose("Same as system", "Dark");
    await keys.choose("Call me", "Tell me at the visit");
    const { language, theme, news } = await until("it is kept", async () => {
      const { settings } = await device.call("me");
      return settings.news === "visit" && settings.theme === "dark" && settings;
    });
    assert.deepEqual({ language, theme, news }, { language: "en", theme: "dark", news: "visit" });
  });

  person("everything is taken off this device after a question, and Escape keeps it", "calm", NARROW, async (keys, { device }) => {
    const words = "Стереть данные на этом устройстве";
    await keys.enter("link", "Я");
    await keys.enter("link", "Настройки");
    await keys.isAt("heading", "Настройки");
    await keys.enter("button", words, { back: true });
    await keys.exists("dialog", words);
    await keys.act("Escape");
    await keys.gone("dialog");
    await keys.isAt("button", words);
    assert.equal((await device.call("session")).state, "ready");
    await keys.act();
    await keys.enter("button", "Да, стереть");
    await keys.gone("dialog");
    await keys.isAt("heading", "Следующий шаг уже готов");
    assert.equal((await device.call("session")).state, "no_city");
  });
});
