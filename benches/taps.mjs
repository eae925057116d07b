// Every action of a resident, from the press to its answer. What only the city can tell is measured twice: until the page says
// that it was pressed, and until the city's answer is there, which is not the page's to promise.
import { until } from "../tests/e2e/paths.mjs";
import { settled, toCard, toDocument, visit } from "../tests/e2e/screens.mjs";

const UNDO = "[data-testid=undo-bar]";
const SAID = "[data-testid=said]";
const DIALOG = "dialog[open]";
const TIME = `${DIALOG} li button`;
const without = (selector) => `body:not(:has(${selector}))`;

export async function taps({ page, device, city, who, tap }) {
  const button = (name) => page.getByRole("button", { name }).first();
  const tab = (name) => page.getByRole("navigation").getByRole("link", { name, exact: true });
  const me = (part) => page.locator(`main a[href='#/me/${part}']`);
  const bar = page.getByTestId("undo-bar");
  const undo = async () => {
    await bar.getByRole("button", { name: "Отменить" }).click();
    await bar.waitFor({ state: "hidden" });
  };
  const close = async () => {
    await page.keyboard.press("Escape");
    await page.locator(DIALOG).waitFor({ state: "hidden" });
  };
  /** Opens a dialog, and waits for what it asks the city. */
  const open = async (name) => {
    await button(name).click();
    await page.locator(TIME).first().waitFor();
  };

  await tap("to the path", { from: "#/today", place: () => tab("Путь"), shown: "[data-testid=path-svg]" });
  await tap("to the calendar", { from: "#/today", place: () => tab("Календарь"), shown: "[data-testid=agenda] li" });
  await tap("to me", { from: "#/today", place: () => tab("Я"), shown: "main a[href='#/me/facts']" });
  await tap("to today", { from: "#/calendar", place: () => tab("Сегодня"), shown: "main [data-testid=step-card]" });
  for (const [part, shown] of [
    ["facts", "[data-testid=fact-row]"],
    ["family", "main a[href^='#/path/']"],
    ["documents", "main a[href^='#/document/']"],
    ["consents", "[data-testid=consent]"],
    ["access", "[data-testid=access-row]"],
    ["settings", "main [role=switch]"],
  ]) await tap(`to ${part}`, { from: "#/me", place: () => me(part), shown });
  await tap("to a document", {
    from: "#/me/documents", place: () => page.locator(`main a[href^='${toDocument("")}']`).first(), shown: "[data-testid=document]",
  });
  await tap("to a card", { from: "#/today", place: () => page.locator(`main a[href^='${toCard("")}']`).first(), shown: "[data-testid=card-detail]" });

  const field = page.getByRole("searchbox");
  const letters = "детс";
  await tap("the first letter looked for", {
    from: "#/me",
    // What is searched is read when the field is entered; a finger needs longer than this from there to the first key.
    async ready() {
      await field.focus();
      await page.waitForTimeout(250);
    },
    place: () => field, key: () => letters[0], shown: "[data-testid=found] li", partly: true,
    after: () => field.fill(""),
  });
  await tap("each further letter", {
    from: "#/me",
    async ready(n) {
      await field.fill(letters.slice(0, 1 + (n % 3)));
      await page.getByRole("status").filter({ hasText: /^Нашлось/ }).waitFor();
    },
    place: () => field, key: (n) => letters[1 + (n % 3)], shown: "main [role=status]", changed: true,
    after: () => field.fill(""),
  });

  const another = { from: "#/today", place: () => button("Другое время"), after: close };
  await tap("another time, until its dialog is there", { ...another, shown: DIALOG });
  await tap("another time, until the free times are there", { ...another, shown: TIME, ours: false });
  const choose = { place: () => page.locator(TIME).last(), shown: UNDO, after: undo };
  await tap("another time is chosen", { from: "#/today", ready: () => open("Другое время"), ...choose });
  await tap("accept", { from: "#/today", place: () => button("Принять"), shown: UNDO, after: undo });
  await tap("not for me", { from: "#/today", place: () => button("Не для меня"), shown: UNDO, after: undo });
  await tap("undo", {
    from: "#/today",
    async ready() {
      await button("Принять").click();
      await bar.waitFor();
      await settled(page);
    },
    place: () => bar.getByRole("button"), shown: `${without(UNDO)} ${SAID}`,
  });

  const { offers, next } = await device.call("today");
  const cards = await Promise.all(next.map(({ id }) => device.call("card", { id })));
  const toFirst = (fits) => toCard(cards.find(fits).card.id);
  const free = toFirst(({ bookable, card }) => bookable && card.state === "open");
  const first = { from: free, place: () => button("Выбрать время"), after: close };
  await tap("a time for a step, until its dialog is there", { ...first, shown: DIALOG });
  await tap("a time for a step, until the free times are there", { ...first, shown: TIME, ours: false });
  await tap("a time for a step is booked", { from: free, ready: () => open("Выбрать время"), ...choose });
  await tap("have it already", { from: free, place: () => button("У меня это уже есть"), shown: UNDO, after: undo });
  await tap("a step is not for me", { from: free, place: () => button("Не для меня"), shown: UNDO, after: undo });
  const own = toFirst(({ card }) => ["ask", "do", "pay", "decide"].includes(card.action));
  await tap("a step is done", { from: own, place: () => button("Сделано"), shown: UNDO, after: undo });
  const came = toFirst(({ card }) => card.action === "visit" && card.state === "open");
  await tap("they came already", { from: came, place: () => button("Уже приходили"), shown: UNDO, after: undo });

  await device.call("answer_offer", { appointment: offers[0].appointment, answer: "accept" });
  await until("the city has booked it", async () => (await city.visits(who, "booked")).length === 1, 30);
  await until("the device knows", async () => (await device.call("card", { id: offers[0].id })).card.state === "booked");
  const booked = toCard(offers[0].id);
  const move = { from: booked, place: () => button("Перенести"), after: close };
  await tap("to move a visit, until its dialog is there", { ...move, shown: DIALOG });
  await tap("to move a visit, until the free times are there", { ...move, shown: TIME, ours: false });
  await tap("a visit is moved", { from: booked, ready: () => open("Перенести"), ...choose });
  await tap("a visit is cancelled", { from: booked, place: () => button("Отменить запись"), shown: UNDO, after: undo });

  await tap("my case is different", { from: "#/today", place: () => button("Мой случай другой"), shown: DIALOG, after: close });
  const write = async (name) => {
    await button(name).click();
    await page.locator(DIALOG).getByRole("textbox").fill("Проверьте, пожалуйста.");
  };
  const send = { place: () => page.locator(DIALOG).getByRole("button", { name: "Отправить" }), shown: `${without(DIALOG)} ${SAID}` };
  await tap("a person is asked", { from: "#/today", ready: () => write("Мой случай другой"), ...send });
  await tap("a record is called wrong", { from: "#/me/facts", place: () => button(/^Это неверно/), shown: DIALOG, after: close });
  await tap("a record is disputed", { from: "#/me/facts", ready: () => write(/^Это неверно/), ...send });
  // Each question is answered once. The same taps answer all that have few choices.
  const questions = (await device.call("today")).questions.filter(({ field }) => field.type === "bool").length;
  await tap("a question is answered", {
    from: "#/today",
    async ready() {
      const more = button(/^Ещё \d+ вопрос/);
      if (await more.isVisible()) await more.click();
    },
    place: () => page.getByTestId("question").getByRole("button", { name: "Нет", exact: true }).first(),
    shown: SAID,
  }, Math.min(5, questions));

  await tap("a month", { from: "#/calendar", place: () => page.getByRole("radio", { name: "Месяц" }), shown: "[data-testid=month]",
    after: () => page.getByRole("radio", { name: "Список" }).check(),
  });
  const part = page.getByTestId("subscription");
  await tap("an address for another calendar, until the button says that it was pressed", {
    from: "#/calendar",
    async ready() {
      await visit(page, "#/today");
      await visit(page, "#/calendar");
      await part.locator("summary").click();
    },
    place: () => part.getByRole("button", { name: "Создать адрес" }),
    shown: "[data-testid=subscription] :is([aria-disabled=true], input)",
    async after() {
      await part.getByRole("textbox").waitFor();
      await part.getByRole("button", { name: "Отозвать адрес" }).click();
      await part.getByRole("button", { name: "Создать адрес" }).waitFor();
    },
  });

  const themes = ["dark", "light"];
  await tap("a setting", {
    from: "#/me/settings",
    place: (n) => page.getByRole("radio", { name: ["Тёмный", "Светлый"][n % 2] }),
    shown: (n) => `html[data-theme=${themes[n % 2]}]`,
  });
  await tap("to work offline", {
    from: "#/me/settings", place: () => page.getByRole("switch", { name: "Работать без сети" }), shown: "[data-testid=offline-banner]",
    async after() {
      await device.call("set_network", { offline: false });
      await page.getByTestId("offline-banner").waitFor({ state: "hidden" });
    },
  });
  await tap("to be back on line", {
    from: "#/me/settings",
    async ready() {
      await device.call("set_network", { offline: true });
      await page.getByTestId("offline-banner").waitFor();
    },
    place: () => page.getByRole("switch", { name: "Работать без сети" }), shown: without("[data-testid=offline-banner]"),
  });
  await tap("a copy of everything, until the button says that it was pressed", {
    from: "#/me/settings", place: () => button("Сохранить копию"), shown: "main button[aria-busy=true]", partly: true,
    after: () => settled(page),
  });
  const reaches = ["suggest", "arrange"];
  await tap("a permission", {
    from: "#/me",
    async ready(n) {
      await me("consents").click();
      await page.getByTestId("consent").first().locator("summary").click();
      await page.locator(`details[open] label.on input[value=${reaches[(n + 1) % 2]}]`).waitFor();
    },
    place: (n) => page.locator(`details[open] input[value=${reaches[n % 2]}]`).first(),
    shown: (n) => `details[open] label.on input[value=${reaches[n % 2]}]`,
  });

  await tap("another's path", {
    from: "#/path", place: () => page.getByRole("combobox", { name: "Чей путь" }), key: () => "ArrowDown",
    shown: "main > .list-side > p", changed: true,
    after: () => page.getByRole("combobox", { name: "Чей путь" }).selectOption({ index: 0 }),
  });
  await tap("what if", {
    from: "#/today",
    async ready() {
      await tab("Путь").click();
      await page.getByText("Что если…").click();
      await page.getByRole("combobox", { name: "Что изменилось бы" }).fill("квартира");
      await page.getByRole("listbox").getByRole("option").first().click();
    },
    place: () => page.getByTestId("what-if").getByRole("button", { name: "Да", exact: true }),
    shown: "[data-testid=what-if-answer] > *",
  });
  await tap("a story ends", {
    from: "#/path", place: () => button("Закончить эту историю"), shown: UNDO,
    async after() {
      await page.waitForFunction(() => location.hash === "#/today");
      await undo();
    },
  });
}

/** What ends it all, once each. */
export async function leave({ page, device, who, tap }) {
  await tap("sign out", {
    from: "#/me/settings", place: () => page.getByRole("button", { name: "Выйти" }), shown: "[data-testid=sign-in]",
  }, 1);
  await device.signIn(who);
  await page.getByRole("navigation").waitFor();
  await tap("all is taken off the device", {
    from: "#/me/settings", ready: () => page.getByRole("button", { name: "Стереть данные" }).click(),
    place: () => page.getByRole("button", { name: "Да, стереть" }), shown: `${without(DIALOG)} form input`,
  }, 1);
}
