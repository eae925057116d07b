// Every screen as everybody can use it: WCAG 2.2 AA by axe-core, letters twice as large, nothing fetched from elsewhere.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { violations } from "./axe.mjs";
import { openDevice, openPage, openTown } from "./browser.mjs";
import { crowded } from "./crowded.mjs";
import { handOn } from "./opened.mjs";
import { until } from "./paths.mjs";
import { roomless } from "./room.mjs";
import { lives, LOOKS, screens, settled, toCard, toDocument, visit, wear, WIDTHS } from "./screens.mjs";
import { small } from "./targets.mjs";

/** What is drawn rather than written, and can hardly be told from the ground the system gives. */
const sunken = (page) => page.evaluate(() => {
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...pixel.getImageData(0, 0, 1, 1).data].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = light(getComputedStyle(document.documentElement).backgroundColor);
  const isSeen = (colour) => {
    const [less, more] = [light(colour), ground].sort((a, b) => a - b);
    return (more + 0.05) / (less + 0.05) >= 3;
  };
  const drawn = {
    stroke: "[data-testid=path-svg] :is(.life, .run, .side, .today)",
    fill: "[data-testid=path-svg] :is(text, .today-dot)",
    backgroundColor: "[data-testid=month] :is(.mark, .today .number), .btn.primary",
    borderTopColor: ".btn:not(:disabled), .card, label:has(input[type=radio])",
  };
  return Object.entries(drawn).flatMap(([property, selector]) =>
    [...document.querySelectorAll(selector)]
      .filter((one) => one.checkVisibility() && !isSeen(getComputedStyle(one)[property]))
      .map((one) => `${property} of ${one.tagName} ${one.getAttribute("class")} goes under: ${getComputedStyle(one)[property]}`));
});

describe("every screen", { timeout: 600_000, concurrency: 2 }, () => {
  let city, browser, town;
  before(async () => ({ city, browser } = town = await openTown()));
  after(() => town?.close());

  test("is looked at by an axe that does find what is wrong", async () => {
    const page = await openPage(browser, null);
    await page.setContent('<html lang="ru"><title>Веха</title><main><h1 style="color:#999;background:#fff">Серым</h1><button></button></main>');
    const found = await violations(page);
    assert.match(found.join(), /color-contrast/);
    assert.match(found.join(), /button-name/);
    await page.context().close();
  });

  /** All screens of a person, cards and a document among them. */
  async function everyScreen(device) {
    const { offers, next } = await device.call("today");
    const { documents } = await device.call("me");
    const more = {};
    for (const card of [offers[0], next[0]]) if (card) more[`card ${card.title.ru}`] = toCard(card.id);
    if (documents[0]) more.document = toDocument(documents[0].id);
    return { ...screens, ...more };
  }

  /** Asks a question of a page with all that is folded on it unfolded. */
  const unfolded = (question) => async (page) => {
    const hand = handOn(page);
    await hand.unfold();
    const found = await question(page);
    await hand.fold();
    return found;
  };

  async function withPages(device, live) {
    const pages = await Promise.all(WIDTHS.map(([width, height]) => openPage(browser, device, { width, height, reducedMotion: "reduce" })));
    try {
      await live(pages);
    } finally {
      await Promise.all(pages.map((page) => page.context().close()));
    }
  }

  /** Asks a question of each screen in each look, wide and narrow at once. */
  async function inspect(device, pages, all, looks, question) {
    const found = [];
    for (const [language, theme] of looks) {
      for (const page of pages) await wear(page, device, language, theme);
      await Promise.all(pages.map(async (page) => {
        for (const [name, hash] of Object.entries(all)) {
          await (hash === null ? settled(page) : visit(page, hash));
          const where = `${name}, ${page.viewportSize().width} px, ${theme}, ${language}`;
          found.push(...(await question(page)).map((one) => `${where}: ${one}`));
        }
      }));
    }
    assert.deepEqual([...new Set(found)], []);
  }

  test("has no violation of WCAG 2.2 AA and of best practices, all unfolded: light, dark, high contrast, in both languages, narrow and wide", async () => {
    const device = await openDevice(city);
    try {
      await lives.offered.prepare(city);
      await device.signIn("anna");
      await device.call("ask_human", { text: "Мне неудобно по утрам." });
      await until("the offer has come", async () => (await device.call("today")).offers.length > 0);
      await withPages(device, async (pages) => inspect(device, pages, await everyScreen(device), LOOKS, unfolded(violations)));
    } finally {
      await device.close();
    }
  });

  test("of a mother with a newborn holds letters twice as large and longer words, all unfolded, and is sound offline", async () => {
    const device = await openDevice(city);
    try {
      await device.signIn("olga");
      await withPages(device, async (pages) => {
        const all = await everyScreen(device);
        await inspect(device, pages, all, [["ru", "light"], ["en", "light"]], unfolded(roomless));
        for (const page of pages) await page.addStyleTag({ content: "html { font-size: 200% !important }" });
        const legible = async (page) => [...(await crowded(page)), ...(await page.evaluate(cutByLife))];
        await inspect(device, pages, { path: screens.path }, [["ru", "light"], ["en", "light"]], everyCloseness(legible));
        await device.call("set_network", { offline: true });
        for (const page of pages) await page.getByTestId("offline-banner").waitFor();
        const sound = async (page) => [...(await violations(page)), ...(await crowded(page))];
        await inspect(device, pages, all, [["ru", "dark"], ["en", "contrast on light"]], unfolded(sound));
      });
    } finally {
      await device.close();
    }
  });

  /** Asks a question of the picture of a life, with its words, from a lifetime to a week. */
  const everyCloseness = (question) => async (page) => {
    const found = [];
    for (const close of ["life", "year", "month", "week"]) {
      await page.locator(`input[value=${close}]`).check();
      await settled(page);
      assert.ok((await page.getByTestId("path-svg").locator("text").count()) > 2, "there are words in the picture");
      found.push(...(await question(page)).map((one) => `${close}: ${one}`));
    }
    return found;
  };

  /** Runs in the page: what hangs from the life line is not drawn above it. */
  function cutByLife() {
    const life = document.querySelector("[data-testid=path-svg] .today-dot").getBoundingClientRect();
    return [...document.querySelectorAll("[data-testid=path-svg] [clip-path] text")]
      .filter((text) => text.getBoundingClientRect().top < (life.top + life.bottom) / 2)
      .map((text) => `“${text.textContent}” is cut by the life line`);
  }

  test("with its tabs, its banner and the bars that say what was done holds letters twice as large", async () => {
    const device = await openDevice(city);
    try {
      await device.signIn("viktor");
      await device.call("set_network", { offline: true });
      await withPages(device, async (pages) => {
        for (const page of pages) await page.addStyleTag({ content: "html { font-size: 200% !important }" });
        for (const language of ["ru", "en"]) {
          for (const page of pages) {
            await wear(page, device, language, "light");
            await visit(page, screens.today);
            await page.getByTestId("accept").first().click();
            await page.getByTestId("undo-bar").waitFor();
            await page.getByTestId("waiting-banner").waitFor();
            const tabs = await page.locator("nav a span").evaluateAll((all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize)));
            assert.ok(tabs.length > 0 && tabs.every((size) => size >= 24), `the names of the tabs are twice as large, too: ${tabs}`);
            await page.route("**/rpc/undo", (route) => route.fulfill({ status: 500, json: { code: "inside", message: { ru: "", en: "" } } }), { times: 1 });
            const takeBack = page.getByTestId("undo-bar").getByRole("button");
            await takeBack.click();
            await page.getByTestId("said").waitFor();
            assert.deepEqual(await crowded(page), [], `${page.viewportSize().width} px, ${language}`);
            await takeBack.click();
            await page.getByTestId("undo-bar").waitFor({ state: "hidden" });
          }
        }
      });
    } finally {
      await device.close();
    }
  });

  for (const who of ["oleg", "olga"])
    test(`gives a finger 44 px wherever something can be pressed, whatever is folded: ${who}`, async () => {
      const device = await openDevice(city);
      try {
        await device.signIn(who);
        const page = await openPage(browser, device, { reducedMotion: "reduce" });
        const all = await everyScreen(device);
        const languages = [["ru", "light"], ["en", "light"]];
        await inspect(device, [page], all, languages, small);
        await inspect(device, [page], { path: screens.path }, languages, everyCloseness(small));
        await device.call("set_network", { offline: true });
        await page.getByTestId("offline-banner").waitFor();
        await inspect(device, [page], all, [["ru", "light"]], small);
        await page.context().close();
      } finally {
        await device.close();
      }
    });

  test("has targets that are found small where they are: a button, the label of a box, a link that stands alone", async () => {
    const page = await openPage(browser, null);
    await page.setContent(`<main style="font: 16px sans-serif"><p>Слова и <a href="#">ссылка в них</a>.</p><p><a href="#">Сама по себе</a></p>
      <details><summary style="display: block; height: 44px">Свёрнуто</summary><button style="width: 40px; height: 44px">Узкая</button></details>
      <label style="display: block; height: 44px"><input type="checkbox">Высокая</label><label style="display: block"><input type="radio">Низкая</label></main>`);
    const found = await small(page);
    for (const fault of ["a “Сама по себе”", "button “Узкая”", "input “”"]) assert.ok(found.some((one) => one.startsWith(fault)), `${fault}: ${found}`);
    assert.equal(found.length, 3, found.join());
    await page.context().close();
  });

  test("has words that are found crowded where they are: cut in a picture, one on another, in the tabs", async () => {
    const page = await openPage(browser, null);
    await page.setContent(`<main><svg width="90" height="40" viewBox="0 0 90 40"><text x="60" y="20">Отрезано</text><text x="2" y="20">Тут</text><text x="4" y="22">Там</text></svg></main>
      <nav style="position: fixed; inset: auto 0 0"><p style="overflow: hidden; width: 40px; white-space: nowrap">Календарь</p></nav>`);
    const found = (await crowded(page)).join();
    for (const fault of ["“Отрезано” is cut", "“Тут” lies on “Там”", "“Календарь” is cut"]) assert.ok(found.includes(fault), `${fault}: ${found}`);
    await page.context().close();
  });

  test("before Today has no violation and nothing too small either: city, sign-in, waiting for the browser, consents", async () => {
    const device = await openDevice(city);
    try {
      await withPages(device, async (pages) => {
        const sound = async (page) => [...(await violations(page)), ...(await small(page))];
        await inspect(device, pages, { city: null }, LOOKS, sound);
        await device.call("connect_city", { address: city.url });
        await inspect(device, pages, { "sign-in": null }, LOOKS, sound);
        await device.call("sign_in", {});
        await inspect(device, pages, { waiting: null }, LOOKS, sound);
        await device.call("sign_out");
        await device.signIn("nina", { decided: false });
        for (const page of pages) await page.getByTestId("consents-done").waitFor();
        await inspect(device, pages, { consents: null }, LOOKS, sound);
      });
    } finally {
      await device.close();
    }
  });

  test("is as sound where the system forces its colours, and nothing that is drawn goes under in them", async () => {
    const device = await openDevice(city);
    try {
      await device.signIn("viktor");
      await withPages(device, async (pages) => {
        const all = await everyScreen(device);
        for (const page of pages) await page.emulateMedia({ forcedColors: "active" });
        const question = async (page) => [...(await violations(page)), ...(await sunken(page))];
        await inspect(device, pages, all, [["ru", "contrast on light"], ["en", "contrast on dark"]], question);
      });
    } finally {
      await device.close();
    }
  });

  test("follows a system that asks for more contrast", async () => {
    const device = await openDevice(city);
    try {
      await device.signIn("boris");
      const page = await openPage(browser, device);
      const contrast = () => page.evaluate(() => document.documentElement.dataset.contrast);
      await visit(page, screens.today);
      assert.equal(await contrast(), "usual");
      await page.emulateMedia({ contrast: "more" });
      await until("the app takes it up", async () => (await contrast()) === "more");
      for (const hash of [screens.today, screens.path, screens.month]) {
        await visit(page, hash);
        assert.deepEqual(await violations(page), [], hash);
      }
      await page.context().close();
    } finally {
      await device.close();
    }
  });

  test("closed by a phrase has no violation either, and holds letters twice as large: asked for, and not the right one", async () => {
    const device = await openDevice(city);
    try {
      await device.signIn("anna");
      await device.lock();
      await withPages(device, async (pages) => {
        const found = [];
        // The look is the system's and the language the page's: what the resident has chosen is behind the phrase.
        const looks = [["light", "no-preference"], ["dark", "no-preference"], ["light", "more"], ["dark", "more"]];
        const inEveryLook = (moment) => Promise.all(pages.map(async (page) => {
          for (const language of ["English", "Русский"]) {
            await page.getByRole("radio", { name: language }).check();
            for (const [colorScheme, contrast] of looks) {
              await page.emulateMedia({ colorScheme, contrast });
              await page.locator(`html[data-theme=${colorScheme}][data-contrast=${contrast === "more" ? "more" : "usual"}]`).waitFor();
              const where = `${moment}, ${page.viewportSize().width} px, ${colorScheme}, ${contrast}, ${language}`;
              found.push(...(await violations(page)).map((one) => `${where}: ${one}`));
            }
            await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
            found.push(...(await crowded(page)).map((one) => `${moment}, ${page.viewportSize().width} px, ${language}: ${one}`));
            await page.evaluate(() => (document.documentElement.style.fontSize = ""));
          }
        }));
        await inEveryLook("asked for");
        for (const page of pages) {
          await page.getByLabel("Фраза").fill("не та");
          await page.getByRole("button", { name: "Открыть" }).click();
          await page.getByTestId("said").waitFor();
        }
        await inEveryLook("not the right one");
        assert.deepEqual([...new Set(found)], []);
      });
    } finally {
      await device.close();
    }
  });

  test("after a loss is as sound", async () => {
    const device = await openDevice(city);
    try {
      await device.signIn(lives.loss.who);
      await lives.loss.prepare(city);
      await withPages(device, async (pages) => {
        for (const page of pages) await page.getByText("Нам очень жаль").waitFor();
        await inspect(device, pages, { today: screens.today, path: screens.path }, LOOKS, violations);
      });
    } finally {
      await device.close();
    }
  });

  /** Lives on a page that is watched: whom it asks, and whether anything that is planted in it gets through to a stranger. */
  async function watched(device, live) {
    let asked = 0;
    const stranger = createServer((_, answer) => {
      asked += 1;
      answer.setHeader("content-type", "text/javascript").end("window.planted = true");
    }).listen(0, "127.0.0.1");
    await once(stranger, "listening");
    const elsewhere = `http://127.0.0.1:${stranger.address().port}`;
    const page = await openPage(browser, null);
    const origins = new Set();
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && url.origin !== elsewhere) origins.add(url.origin);
    });
    const plant = async () => {
      const refused = await page.evaluate((address) => new Promise((done) => {
        const seen = [];
        document.addEventListener("securitypolicyviolation", (event) => {
          seen.push(event.effectiveDirective);
          if (seen.length === 3) done(seen.sort());
        });
        const plant = (script) => document.body.append(Object.assign(document.createElement("script"), script));
        plant({ src: `${address}/planted.js` });
        plant({ textContent: "window.planted = true" });
        void fetch(`${address}/told`).catch(() => {});
        setTimeout(() => done(seen), 5000);
      }), elsewhere);
      assert.deepEqual(refused, ["connect-src", "script-src-elem", "script-src-elem"]);
      assert.equal(await page.evaluate(() => window.planted), undefined);
    };
    try {
      await page.goto(device.address);
      await live(page, plant);
      assert.deepEqual([...origins], [device.origin]);
      assert.equal(asked, 0, "the stranger was asked");
    } finally {
      await page.context().close();
      stranger.close();
    }
  }

  test("asks its own host only, and a planted remote script does not run", async () => {
    const device = await openDevice(city);
    try {
      await device.signIn("pavel");
      await watched(device, async (page, plant) => {
        for (const hash of Object.values(await everyScreen(device))) await visit(page, hash);
        await plant();
      });
    } finally {
      await device.close();
    }
  });

  test("of the way in asks its own host only, too: the city's page is opened apart", async () => {
    const device = await openDevice(city);
    try {
      await watched(device, async (page, plant) => {
        await settled(page);
        await plant();
        await page.getByRole("textbox", { name: "Адрес города" }).fill(city.url);
        await page.getByRole("button", { name: "Подключить" }).click();
        await page.getByTestId("sign-in").click();
        const opened = page.waitForEvent("popup");
        await page.getByRole("link", { name: "Открыть страницу входа" }).click();
        const there = await opened;
        await there.getByRole("button", { name: /Нина/ }).click();
        await there.waitForURL((url) => url.origin !== new URL(city.url).origin);
        assert.equal(await there.evaluate(() => window.opener), null, "that page cannot reach back into the app");
        await page.getByTestId("consents-done").click();
        await page.getByTestId("tab-today").waitFor();
      });
    } finally {
      await device.close();
    }
  });
});
