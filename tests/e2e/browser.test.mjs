// The whole of the app in a real browser: a real city, a real `vekha-host`, real buttons found by role and name.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { openPage, openTown, person as begin } from "./browser.mjs";
import { until } from "./paths.mjs";
import { settled, toCard, visit } from "./screens.mjs";

const MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" ");
const FORBIDDEN = /рак|онко|диагноз|РЭА|CEA|маркер|нг\/мл|ng\/mL/i;

describe("in a real browser", { concurrency: 3, timeout: 300_000 }, () => {
  let city, browser, town;
  before(async () => ({ city, browser } = town = await openTown()));
  after(() => town?.close());

  const person = (title, life, live, size = {}) => test(title, () => begin(town, life, size, live));

  const button = (scope, name) => scope.getByRole("button", { name });
  const heading = (scope, name) => scope.getByRole("heading", { name });
  const offers = (page) => page.getByTestId("offer-card");
  const todayOf = async (page) => {
    await visit(page, "#/today");
    return page.locator("main");
  };

  person("a city is connected by its code, as it hangs at the city's own page; a picture of something else is told", null, async (page) => {
    await heading(page, "Следующий шаг уже готов").waitFor();
    const theirs = await openPage(browser, null);
    await theirs.goto(new URL("/operator", city.url).href);
    const photo = (buffer) => ({ name: "photo.png", mimeType: "image/png", buffer });
    await page.locator("summary").click().catch(() => {});
    const code = page.getByLabel("Сканировать код города");
    await code.setInputFiles(photo(await theirs.screenshot()));
    await page.getByText("На снимке не видно кода").waitFor();
    await code.setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("не снимок") });
    await page.getByText("не удалось открыть как снимок").waitFor();
    await code.setInputFiles(photo(await theirs.getByRole("img", { name: `QR: ${city.url}` }).screenshot()));
    await page.waitForFunction(() => document.activeElement?.textContent === "Подключить");
    assert.equal(await page.getByRole("textbox", { name: "Адрес города" }).inputValue(), city.url);
    await page.keyboard.press("Enter");
    await heading(page, "Вход").waitFor();
    await theirs.context().close();
  });

  person("from nothing to Today: city, sign-in on the city's page, consents, language", null, async (page) => {
    await heading(page, "Следующий шаг уже готов").waitFor();
    await page.getByRole("radio", { name: "English" }).check();
    await heading(page, "The next step is ready").waitFor();
    await page.getByRole("radio", { name: "Русский" }).check();
    const address = page.getByRole("textbox", { name: "Адрес города" });
    if (!(await address.isVisible())) await page.getByText("или подключите свой город").click();
    await address.fill(city.url);
    await button(page, "Подключить").click();
    await heading(page, "Вход").waitFor();
    await button(page, "Войти").click();
    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name: "Открыть страницу входа" }).click();
    const there = await opened;
    await button(there, /Нина/).click();
    await there.waitForURL((url) => url.origin !== new URL(city.url).origin);
    await heading(page, "Что разрешить городу").waitFor();
    const health = page.getByTestId("consent").filter({ has: heading(page, "Здоровье") });
    await page.route("**/rpc/set_consent", async (route) => {
      await new Promise((done) => setTimeout(done, 700));
      await route.continue();
    });
    await health.getByRole("radio", { name: "Готовить и спрашивать" }).check();
    // Pressed as people do, while the choice is still being kept.
    await button(page, "Готово").evaluate((pressed) => pressed.click());
    await heading(page, /Нина/).waitFor();
    await until("Today begins at its top, and the reader is there", () =>
      page.evaluate(() => scrollY === 0 && document.activeElement?.tagName === "H1"));
    await offers(page).first().waitFor();
  });

  /** Draws a finger across something, from one share of its width to another. */
  const fingerOn = async (page, place) => {
    const touch = await page.context().newCDPSession(page);
    return async (from, to) => {
      await place.scrollIntoViewIfNeeded();
      const { x, y, width } = await place.boundingBox();
      const at = (type, share) => touch.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: x + width * share, y: y + 40 }],
      });
      await at("touchStart", from);
      for (let n = 1; n <= 6; n += 1) await at("touchMove", from + ((to - from) * n) / 6);
      await at("touchEnd");
    };
  };

  person("an offer is refused and taken back, by button and by finger, changed and taken back, accepted and booked", "offered", async (page, device) => {
    const offer = offers(page).filter({ hasText: "Поликлиника № 1" });
    await offer.waitFor();
    const title = await offer.getByRole("heading").innerText();
    assert.doesNotMatch(title, FORBIDDEN);
    await button(offer, "Не для меня").click();
    const bar = page.getByTestId("undo-bar");
    await bar.waitFor();
    await button(bar, "Отменить").click();
    await button(offer, "Принять").waitFor();
    await bar.waitFor({ state: "hidden" });

    const finger = await fingerOn(page, offer);
    await finger(0.85, 0.65);
    assert.equal(await bar.count(), 0, "a little across is nothing");
    await finger(0.85, 0.2);
    await bar.waitFor();
    await button(bar, "Отменить").click();
    await button(offer, "Принять").waitFor();
    await bar.waitFor({ state: "hidden" });

    await finger(0.15, 0.35);
    assert.equal(await bar.count(), 0, "a little across is nothing to the right either");
    await finger(0.15, 0.8);
    await bar.getByText("Вы приняли").waitFor();
    await button(bar, "Отменить").click();
    await button(offer, "Принять").waitFor();
    await bar.waitFor({ state: "hidden" });
    assert.equal((await city.visits("anna", "booked")).length, 0, "what was taken back has not reached the city");

    const before = await offer.innerText();
    await button(offer, "Другое время").click();
    const dialog = page.getByRole("dialog", { name: "Другое время" });
    const time = dialog.getByRole("button", { name: /^Выбрать/ });
    await page.route("**/rpc/answer_offer", (route) => route.fulfill({ status: 500, json: { code: "inside", message: { ru: "", en: "" } } }), { times: 1 });
    await time.last().click();
    const trouble = dialog.getByRole("alert");
    await until("what went wrong is said in the dialog, where it is seen", async () => (await trouble.innerText()) !== "");
    const { y, height } = await trouble.boundingBox();
    assert.ok(y >= 0 && y + height <= page.viewportSize().height, "the words are in sight");
    await time.first().click();
    await dialog.waitFor({ state: "hidden" });
    await page.reload();
    await bar.waitFor();
    await button(bar, "Отменить").click();
    await bar.waitFor({ state: "hidden" });
    await until("the offer is as it was", async () => (await offer.innerText()) === before);

    await button(offer, "Принять").click();
    await bar.waitFor();
    const booked = page.getByTestId("step-card").filter({ hasText: title });
    await booked.getByTestId("pending-badge").waitFor();
    assert.match(await booked.innerText(), /вы согласились/, "nobody is booked before the city knows");
    await until("the answer has left", async () => (await device.call("session")).waiting === 0, 20);
    await booked.getByTestId("pending-badge").waitFor({ state: "hidden" });
    await booked.getByText("вы записаны").waitFor();
    const visits = await city.visits("anna", "booked");
    assert.equal(visits.length, 1, "the city has exactly one booked visit");
  });

  person("an opened offer is asked on its own page, and on a desktop not in the list beside it as well", "screened", async (page) => {
    await offers(page).first().getByTestId("why").click();
    const detail = page.getByTestId("card-detail");
    await until("its page is open", () => page.evaluate(() => location.hash.startsWith("#/card/")));
    await detail.waitFor();
    assert.equal(await button(page, "Принять").count(), await offers(page).count());
    assert.equal(await button(detail, "Принять").count(), 1);
    await page.setViewportSize({ width: 360, height: 740 });
    await button(detail, "Принять").waitFor();
    assert.equal(await button(page, "Принять").count(), 1);
  }, { width: 1200, height: 800 });

  person("offline is a state: answers wait, survive a kill, and leave when the network is back", "suspicion", async (page, device) => {
    await offers(page).first().waitFor();
    await visit(page, "#/me/settings");
    await page.getByRole("switch", { name: "Работать без сети" }).click();
    await page.getByTestId("offline-banner").waitFor();
    await todayOf(page);
    const offer = offers(page).first();
    const title = await offer.getByRole("heading").innerText();
    assert.ok(await button(offer, "Другое время").isDisabled(), "what needs the network is off before the tap");
    await button(offer, "Принять").click();
    await page.getByTestId("pending-badge").first().waitFor();
    await page.getByTestId("waiting-banner").waitFor();
    await device.restart();
    await page.goto(device.address);
    const waits = page.getByTestId("step-card").filter({ hasText: title });
    await waits.getByText("ждёт отправки").waitFor();
    await button(page, "Выйти на связь").click();
    await page.getByTestId("offline-banner").waitFor({ state: "hidden" });
    await waits.getByTestId("pending-badge").waitFor({ state: "hidden", timeout: 30_000 });
    assert.equal((await city.visits("oleg", "booked")).length, 1);
  });

  person("a step one has already is put aside, and a question is answered for this device only", "pensioner", async (page, device) => {
    const main = await todayOf(page);
    const facts = async () => (await city.state()).residents.find((it) => it.id === "galina").facts;
    const known = await facts();
    const question = main.getByTestId("question").first();
    const words = await question.locator("p").first().innerText();
    await question.getByRole("checkbox", { name: /Оставить только на этом устройстве/ }).check();
    const taps = question.getByRole("button");
    assert.ok((await taps.count()) > 1, `“${words}” is answered with one tap`);
    await taps.last().click();
    await page.getByText("Учли. Ответ остался только на этом устройстве.").waitFor();
    await main.getByText(words).waitFor({ state: "hidden" });
    await device.call("sync");
    assert.equal(await facts(), known, "the city heard nothing of it");
    await visit(page, "#/me/facts");
    await page.getByTestId("fact-row").filter({ hasText: "только на этом устройстве" }).first().waitFor();

    await todayOf(page);
    const card = page.getByTestId("step-card").first();
    await card.getByRole("link").click();
    const detail = page.getByTestId("card-detail");
    await detail.getByTestId("why-list").waitFor();
    await button(detail, "У меня это уже есть").click();
    await page.getByText("Учли: это у вас уже есть.").waitFor();
    await button(detail, "У меня это уже есть").waitFor({ state: "hidden" });
  });

  person("a record that is wrong is disputed, and a person's answer comes back to it", "screened", async (page) => {
    await visit(page, "#/me/facts");
    const row = page.getByTestId("fact-row").filter({ has: button(page, /^Это неверно/) }).first();
    await button(row, /^Это неверно/).click();
    const dialog = page.getByRole("dialog", { name: "Это неверно" });
    await dialog.getByRole("textbox", { name: "Как на самом деле?" }).fill("Такого не было.");
    await button(dialog, "Отправить").click();
    await page.getByText("Такого не было.").waitFor();
    const asked = await until("the city has the dispute", async () =>
      (await city.state()).disputes.find((it) => it.text === "Такого не было."));
    await city.act("answer", { inquiry: asked.id, text: "Спасибо, запись исправим.", verdict: "stands" });
    await page.getByText("Спасибо, запись исправим.").waitFor();
    await visit(page, "#/me/inquiries");
    await page.getByTestId("inquiry").getByText("Спасибо, запись исправим.").waitFor();
  });

  person("who looked, what was issued, and a calendar that can be opened at work", "acted", async (page) => {
    await visit(page, "#/me/access");
    await page.getByTestId("access-row").first().waitFor();
    await visit(page, "#/calendar");
    await page.getByTestId("agenda").getByRole("listitem").first().waitFor();
    const saving = page.waitForEvent("download");
    await button(page, "Сохранить календарь (.ics)").click();
    const file = await saving;
    assert.match(file.suggestedFilename(), /\.ics$/);
    const text = await readFile(await file.path(), "utf8");
    assert.match(text, /BEGIN:VEVENT/);
    assert.doesNotMatch(text.replace(/\r\n /g, ""), FORBIDDEN);
  });

  person("on paper there is the whole path as a list and nothing to press, dark though the screen may be", "screened", async (page, device) => {
    await device.call("set_setting", { theme: "dark" });
    await visit(page, "#/path");
    const folded = page.locator("details:not([open])");
    const before = await folded.count();
    assert.ok(before > 0);
    await page.emulateMedia({ media: "print" });
    const paper = await page.evaluate(() => {
      dispatchEvent(new Event("beforeprint"));
      const seen = (it) => it.checkVisibility();
      const all = (selector) => [...document.querySelectorAll(selector)].filter(seen).length;
      const { color } = getComputedStyle(document.querySelector("main h2"));
      const feared = document.querySelector("main").innerText.includes("Нужно лечение");
      const result = { color, feared, buttons: all("button, .btn, nav a, [data-testid=path-svg]"), steps: all("main li a"), folded: all("details:not([open])") };
      dispatchEvent(new Event("afterprint"));
      return result;
    });
    await page.emulateMedia({ media: null });
    assert.deepEqual([paper.buttons, paper.folded, paper.color], [0, 0, "rgb(29, 36, 35)"]);
    assert.equal(paper.feared, false, "a feared turn is told on request only, and paper asks nobody");
    assert.equal(paper.steps, await page.locator("main section li a").count(), "every step is on it");
    assert.equal(await folded.count(), before);
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    const printing = page.evaluate(() => new Promise((done) => (window.print = () => done("printed"))));
    await button(page, "Распечатать").click();
    assert.equal(await printing, "printed");
  });

  person("a step, a document and a record are found by a word", "mother", async (page) => {
    await visit(page, "#/me");
    const asked = page.getByRole("searchbox");
    const found = page.getByTestId("found");
    await asked.fill("детский сад");
    await found.getByRole("link", { name: /детский сад/i }).first().click();
    await page.getByTestId("card-detail").waitFor();
    await visit(page, "#/me");
    await asked.fill("такого тут нет");
    await page.getByText("Ничего не нашлось").waitFor();
    await asked.press("Escape");
    await page.getByRole("link", { name: "Документы" }).waitFor();
    for (const [words, name, there] of [["тихие", /Тихие часы/, "Настройки"], ["миша", /^Миша\s*ребёнок/, "Путь"], ["копию", /Сохранить копию/, "Настройки"]]) {
      await asked.fill(words);
      await found.getByRole("link", { name }).first().click();
      await heading(page, there).waitFor();
      await visit(page, "#/me");
    }
    await asked.fill("дата рождения");
    const record = found.getByRole("link").first();
    const [title] = (await record.innerText()).split(" · ");
    await record.click();
    await until("the record itself is there, and has the focus", () =>
      page.evaluate((title) => document.activeElement?.dataset.testid === "fact-row" && document.activeElement.innerText.includes(title), title));
  });

  person("a document opens to be read", "mother", async (page) => {
    await visit(page, "#/me/documents");
    const link = page.getByRole("main").getByRole("listitem").getByRole("link").first();
    const title = await link.innerText();
    await link.click();
    await page.getByTestId("document").getByRole("heading", { name: title }).first().waitFor();
    await settled(page);
  });

  person("a consent taken away takes its offers away", "prostate", async (page) => {
    await offers(page).first().waitFor();
    await visit(page, "#/me/consents");
    const health = page.getByTestId("consent").filter({ has: heading(page, "Здоровье") });
    await heading(health, "Здоровье").click();
    await health.getByRole("radio", { name: "Выключено" }).check();
    await until("the city holds nothing any more", async () => (await city.visits("viktor", "pending")).length === 0);
    await todayOf(page);
    await offers(page).first().waitFor({ state: "hidden" });
  });

  person("the calendar tells how to get to a visit, in words and on the city's own map; what needs the network says so offline", "offered", async (page, device) => {
    await visit(page, "#/calendar");
    const before = page.getByTestId("before-visit").first();
    await before.locator("summary").click();
    await before.getByText("вход со двора").waitFor();
    const otherTime = button(page, /^Другое время: /).first();
    assert.ok(await otherTime.isEnabled());
    await device.call("set_network", { offline: true });
    await before.getByText("Показать на карте: нужна связь").waitFor();
    assert.equal(await before.getByRole("link").count(), 0);
    assert.ok(await otherTime.isDisabled());
    await page.getByText("Другое время: нужна связь").first().waitFor();
    await device.call("set_network", { offline: false });
    await before.getByRole("link", { name: /Показать на карте/ }).waitFor();
    await page.goto(await before.getByRole("link", { name: /Показать на карте/ }).getAttribute("href"));
    await heading(page, /Поликлиника № 1/).waitFor();
  });

  person("a question is asked from any screen with what is on it, and the answer comes back there and to Today", "mother", async (page, device) => {
    for (const [hash, title] of [["#/today", "Сегодня"], ["#/calendar", "Календарь"], ["#/me/facts", "Что город знает обо мне"]]) {
      await visit(page, hash);
      await button(page, "Мой случай другой").click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText(`Вопрос о: ${title}`, { exact: true }).waitFor();
      await dialog.getByRole("textbox").fill(`Вопрос со страницы ${hash}`);
      await button(dialog, "Отправить").click();
      await dialog.waitFor({ state: "hidden" });
      const asked = page.getByTestId("inquiry").filter({ hasText: hash });
      await asked.waitFor();
      const waits = await until("the city has the question", async () =>
        (await city.state()).questions.find((it) => it.about === `screen/${hash.slice(2)}`), 30);
      await city.act("answer", { inquiry: waits.id, text: "Ответ человека" });
      await asked.getByText("Ответ человека").waitFor();
      await visit(page, "#/path");
      assert.equal(await asked.count(), 0, "it stands where it was asked");
    }
    await visit(page, "#/today");
    await page.getByText("Вам ответили").first().waitFor();
  });

  person("who wants less motion sees none", "mother", async (page) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    for (const hash of ["#/today", "#/path", "#/me/settings"]) {
      await visit(page, hash);
      const moving = await page.evaluate(() =>
        [...document.querySelectorAll("*")].filter((it) => {
          const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(it);
          const long = (times) => times.split(",").some((time) => Number.parseFloat(time) > 0.02);
          return long(transitionDuration) || long(animationDuration) || scrollBehavior === "smooth";
        }).length);
      assert.equal(moving, 0, hash);
    }
  });

  person("a story is ended with one tap and without a reason, and a stray tap is taken back", "pregnant", async (page) => {
    await visit(page, "#/path");
    const story = page.getByRole("article", { name: /Беременность/ });
    await button(story, "Закончить эту историю").click();
    const bar = page.getByTestId("undo-bar").filter({ hasText: "Остановили: Беременность" });
    await button(bar, "Отменить").click();
    await bar.waitFor({ state: "hidden" });
    await visit(page, "#/path");
    await button(story, "Закончить эту историю").click();
    await bar.waitFor();
    await visit(page, "#/path");
    await button(page.getByRole("article", { name: /Беременность/ }), "Закончить эту историю").waitFor({ state: "hidden" });
  });

  person("what if there were two: the path says what would come and move, and nothing of it is kept", "expecting", async (page, device) => {
    await visit(page, "#/path");
    const known = async () => (await device.call("facts")).flatMap(({ facts }) => facts.map(({ id }) => id));
    const before = await known();
    const whatIf = page.getByTestId("what-if");
    await whatIf.getByText("Что если…").click();
    await whatIf.getByRole("combobox", { name: "Что изменилось бы" }).fill("малышей");
    await whatIf.getByRole("option", { name: "Беременность. Сколько малышей" }).click();
    await whatIf.getByRole("textbox").fill("2");
    await button(whatIf, "Посмотреть").click();
    await heading(whatIf, /Появится/).waitFor();
    await heading(whatIf, /Сдвинется/).waitFor();
    await settled(page);

    const would = page.getByRole("group", { name: "Показано, как было бы" });
    const picture = page.getByTestId("path-svg");
    const marks = picture.locator("rect:is(.appears, .moves, .some)");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "combobox");
    await until("the first of it has come into sight", async () => {
      const { y } = await would.boundingBox();
      return y >= 0 && (await marks.evaluateAll((all) => all.some((mark) => {
        const { top, bottom } = mark.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      })));
    });
    const first = button(would, /^(Появится|Сдвинется): /).first();
    const named = (await first.locator("span").first().innerText()).trim();
    await first.click();
    await picture.locator("title").filter({ hasText: named.replace(/^.*?: /, "") }).first().waitFor({ state: "attached" });
    await page.getByTestId("legend").getByText("Что значат знаки").click();
    await page.getByText("Цветной пунктир").waitFor();
    await settled(page);

    await button(whatIf, /Убрать/).click();
    await heading(whatIf, /Появится/).waitFor({ state: "hidden" });
    await would.waitFor({ state: "hidden" });
    assert.equal(await marks.count(), 0);
    assert.deepEqual(await known(), before);
  });

  person("a whole life in one picture: buttons, wheel and finger bring it nearer, a tap opens a step, and a child has a line of its own", "mother", async (page) => {
    await visit(page, "#/path");
    const picture = page.getByTestId("path-svg");
    const close = (name) => page.getByRole("radio", { name, exact: true });
    const sign = (words) => picture.locator("text").filter({ hasText: words });
    await close("Жизнь").check();
    await sign("Предпенсия").first().waitFor();
    await sign("Миша").first().waitFor();
    const most = async () => Math.max(...(await picture.locator("text.count").allTextContents()).map(Number), 1);
    const before = await most();
    await picture.locator("a").filter({ has: page.locator("text.count") }).first().click();
    await until("the days of these steps are looked at", async () =>
      !(await close("Жизнь").isChecked()) && (await most()) < before);
    for (let n = 0; n < 9; n += 1) await button(page, "Отдалить").click();
    await until("all of it is seen again", () => close("Жизнь").isChecked());
    await close("Неделя").check();
    await sign("сегодня").first().waitFor();

    const { x, y } = await picture.boundingBox();
    await page.mouse.move(x + 200, y + 200);
    await page.mouse.wheel(0, 120);
    await until("the page scrolls past a picture nobody has pressed", () => page.evaluate(() => scrollY > 0));
    assert.ok(await close("Неделя").isChecked());
    await page.evaluate(() => scrollTo(0, 0));
    await page.mouse.move(x + 300, y + 40);
    await page.mouse.down();
    await page.mouse.move(x + 20, y + 40, { steps: 6 });
    await page.mouse.up();
    await until("the picture followed the finger", async () => (await sign("сегодня").count()) === 0);
    await page.mouse.move(x + 300, y + 40);
    for (let n = 0; n < 2; n += 1) await page.mouse.wheel(0, 600);
    await until("the wheel takes a pressed picture further away", async () => (await sign("сегодня").count()) > 0);

    await close("Месяц").check();
    await until("steps that lie together are looked at ever closer, until one is opened", async () => {
      if (await page.getByTestId("card-detail").isVisible()) return true;
      await picture.locator("a").first().click({ timeout: 1000 });
    });
    await visit(page, "#/path");
    await page.getByTestId("legend").getByText("Что значат знаки").click();
    await page.getByText("Число в кружке").waitFor();
    const whose = () => page.getByRole("combobox", { name: "Чей путь" }).locator("option:checked").innerText();
    await sign("Миша").first().click();
    await until("it is the child's path now", async () => (await whose()) === "Миша");

    const list = page.getByTestId("life-list");
    await list.getByText("Вся жизнь по датам").click();
    const mother = await list.getByRole("heading").filter({ has: page.getByRole("link") }).first().innerText();
    await list.getByRole("link", { name: mother, exact: true }).click();
    await until("a name in the list leads to that path", async () => (await whose()) === mother);
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
    await list.evaluate((it) => (it.open = true));
    const child = list.locator("section").filter({ has: page.getByRole("link", { name: "Миша", exact: true }) });
    await child.getByText(/^день рождения: /).waitFor();
    assert.ok((await child.getByRole("listitem").count()) > 0, "the steps of the child's line are told");
    await list.getByText("Предпенсия").first().waitFor();
  });

  person("a parent's line lies beside a daughter's own; his steps say whose they are, and his name leads to his path", "daughter", async (page, device) => {
    await visit(page, "#/path");
    const picture = page.getByTestId("path-svg");
    await page.getByRole("radio", { name: "Жизнь", exact: true }).check();
    const father = picture.locator("text").filter({ hasText: "Семён" }).first();
    await father.waitFor();
    await father.click();
    await until("it is the father's path now", async () =>
      (await page.getByRole("combobox", { name: "Чей путь" }).locator("option:checked").innerText()) === "Семён");
    await visit(page, "#/me/family");
    await page.getByRole("link", { name: /^Семён/ }).click();
    await until("his line under Me leads to his path, too", async () =>
      (await page.getByRole("combobox", { name: "Чей путь" }).locator("option:checked").innerText()) === "Семён");
    const { next } = await device.call("today");
    const his = next.find(({ whose }) => whose?.name === "Семён");
    assert.ok(his, "her father has steps of his own");
    await visit(page, toCard(his.id));
    await page.getByTestId("card-detail").getByText("Семён").first().waitFor();
  });

  person("two fingers bring the picture of a life from all of it to a week and back; one finger scrolls the page", "mother", async (page) => {
    await visit(page, "#/path");
    const picture = page.getByTestId("path-svg");
    const seen = (name) => page.getByRole("radio", { name, exact: true }).isChecked();
    const span = async () => {
      const days = [...(await page.getByRole("status").filter({ hasText: "Видно" }).innerText()).matchAll(/(\d+) (\p{L}+)(?: (\d{4}))?/gu)];
      const [from, to] = days.map(([, day, month, year = 2026]) => Date.UTC(year, MONTHS.indexOf(month), day));
      return (to - from) / 86_400_000;
    };
    await page.getByRole("radio", { name: "Жизнь", exact: true }).check();
    await until("all of it is seen", async () => (await span()) > 60 * 365);
    const { x, y } = await picture.boundingBox();
    const wire = await page.context().newCDPSession(page);
    const touch = (type, places) =>
      wire.send("Input.dispatchTouchEvent", { type, touchPoints: places.map(([right, down], id) => ({ x: x + right, y: y + down, id })) });
    const pinch = async (from, to) => {
      const fingers = (apart) => [[160 - apart, 60], [160 + apart, 60]];
      await touch("touchStart", fingers(from));
      for (let step = 1; step <= 5; step += 1) await touch("touchMove", fingers(from + ((to - from) * step) / 5));
      await touch("touchEnd", []);
    };
    for (let n = 0; n < 4; n += 1) await pinch(10, 120);
    await until("a week is seen", async () => (await span()) === 7);
    assert.equal(await seen("Жизнь"), false);
    assert.equal(await page.evaluate(() => visualViewport.scale), 1, "the page itself keeps its size");
    for (let n = 0; n < 4; n += 1) await pinch(120, 10);
    await until("all of it is seen again", () => seen("Жизнь"));

    await page.getByRole("radio", { name: "Месяц", exact: true }).check();
    await until("a month is seen", async () => (await span()) === 32);
    const today = picture.locator("text").filter({ hasText: "сегодня" });
    assert.equal(await today.count(), 1);
    await touch("touchStart", [[40, 60]]);
    for (let right = 60; right <= 300; right += 20) await touch("touchMove", [[right, 60]]);
    await touch("touchEnd", []);
    await until("the picture went with the finger to what was before", async () => (await today.count()) === 0);

    await touch("touchStart", [[160, 200]]);
    for (let down = 180; down >= 20; down -= 20) await touch("touchMove", [[160, down]]);
    await touch("touchEnd", []);
    await until("the page went up with the finger", () => page.evaluate(() => scrollY > 50));
    assert.equal(await span(), 32);
  }, { hasTouch: true });

  person("a month by keyboard: from today's visit to the next month and back", "mother", async (page) => {
    await visit(page, "#/calendar");
    await page.getByRole("radio", { name: "Месяц" }).check();
    const month = page.getByTestId("month");
    await button(month, /понедельник, 23 ноября/).waitFor();
    await button(page, "Месяц вперёд").press("Enter");
    await heading(page, "Декабрь 2026").or(heading(page, "декабрь 2026")).first().waitFor();
    await button(page, "Месяц назад").press("Enter");
    const busy = button(month, /: \d+ дел/).first();
    await busy.press("Enter");
    await page.getByRole("link", { name: /./ }).and(page.locator("li a")).first().waitFor();
  });

  person("another calendar gets an address that is shown once and can be taken back", "prostate", async (page) => {
    await visit(page, "#/calendar");
    const part = page.getByTestId("subscription");
    await part.getByText("Подписка для другого календаря").click();
    await button(part, "Создать адрес").click();
    const address = await part.getByRole("textbox", { name: "Адрес подписки" }).inputValue();
    assert.match(await (await fetch(address)).text(), /^BEGIN:VCALENDAR/);
    await page.reload();
    await part.getByText("Подписка для другого календаря").click();
    await part.getByText(/Последний раз её читали/).waitFor();
    assert.equal(await part.getByRole("textbox").count(), 0, "the address is told once");
    await button(part, "Отозвать адрес").click();
    await page.getByText("Адрес отозван").waitFor();
    assert.equal((await fetch(address)).status, 404);
  });

  person("a loss silences everything but help", "loss", async (page) => {
    const main = await todayOf(page);
    await page.getByTestId("condolence").waitFor();
    assert.doesNotMatch(await main.innerText(), /УЗИ|скрининг|роды|роддом|школа|учёт|права на работе/i);
  });

  person("of two looks chosen one right after the other the last one stays, however slow the first was", "pensioner", async (page, device) => {
    await visit(page, "#/me/settings");
    let [asked, kept] = [0, 0];
    await page.route("**/rpc/set_setting", async (route) => {
      if (asked++ === 0) await new Promise((done) => setTimeout(done, 300));
      const answer = await route.fetch();
      kept += 1;
      await route.fulfill({ response: answer });
    });
    await page.getByRole("radio", { name: "Светлый" }).check();
    await page.getByRole("radio", { name: "Тёмный" }).check();
    await until("both were kept", () => kept === 2);
    assert.equal((await device.call("me")).settings.theme, "dark");
  });

  person("language and theme follow a tap, and another case reaches a person", "suggested", async (page) => {
    await visit(page, "#/me/settings");
    await page.getByRole("radio", { name: "English" }).check();
    await heading(page, "Settings").waitFor();
    await page.getByRole("radio", { name: "Dark" }).check();
    await page.locator("html[data-theme=dark][lang=en]").waitFor();
    await page.reload();
    await page.locator("html[data-theme=dark][lang=en]").waitFor();
    await button(page, "My case is different").click();
    const dialog = page.getByRole("dialog", { name: "My case is different" });
    await dialog.getByRole("textbox").fill("I work nights.");
    await button(dialog, "Send").click();
    await until("the city has the question", async () =>
      (await city.state()).questions.some((it) => it.text === "I work nights."));
    await visit(page, "#/me/inquiries");
    await page.getByTestId("inquiry").getByText("I work nights.").waitFor();
  });
});
