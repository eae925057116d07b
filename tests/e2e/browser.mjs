// The real Chromium in front of the real thing: devices that serve the UI over HTTP (`vekha-host`), and people at them.
import assert from "node:assert/strict";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { openCity } from "./city.mjs";
import { root, scratch, until } from "./paths.mjs";
import { startProgram } from "./program.mjs";
import { lives } from "./screens.mjs";

export const CHROMIUM = process.env.VEKHA_CHROMIUM ?? "/usr/bin/chromium";

export function openBrowser() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
}

/** A city of its own, behind a `network` where there is one, and a browser to look at it; both go with `close`. */
export async function openTown({ network } = {}) {
  const ground = scratch();
  const [city, browser] = await Promise.all([openCity({ folder: ground.folder, network }), openBrowser()]);
  const close = async () => {
    await browser.close();
    await city.close();
    ground.remove();
  };
  return { city, browser, close };
}

/** A page of its own person: nothing is shared with another, and what goes wrong in it is kept in `trouble`. */
export async function openPage(browser, device, { width = 360, height = 740, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: "ru-RU", ...more });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  page.trouble = [];
  page.on("pageerror", (error) => page.trouble.push(error.message));
  if (device) await page.goto(device.address);
  return page;
}

export const PHRASE = "тихая вода точит камень";

/** A device: `vekha-host` with its own data, kept over `restart`. */
export async function openDevice(city) {
  const { folder, remove } = scratch();
  const device = { city };
  let host;
  const start = async (env = { VEKHA_PASSPHRASE: PHRASE }) => {
    const args = ["--data", folder, "--listen", "127.0.0.1:0", "--ui", join(root, "ui/dist"), "--passphrase"];
    host = await startProgram("vekha-host", args, env);
    const address = new URL(host.address);
    Object.assign(device, {
      address: host.address,
      origin: address.origin,
      token: address.searchParams.get("token"),
    });
  };
  const ask = async (name, args = {}) => {
    const answer = await fetch(`${device.origin}/rpc/${name}`, {
      method: "POST",
      headers: { authorization: `Bearer ${device.token}`, "content-type": "application/json" },
      body: JSON.stringify(args),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${name} failed (${answer.status}): ${text}`);
    return JSON.parse(text);
  };
  await start();
  return Object.assign(device, {
    call: ask,
    /** Connects and signs in as `who`, pressing the same buttons as a browser, without one. */
    async signIn(who, { decided = true } = {}) {
      await ask("connect_city", { address: city.url });
      await ask("sign_in", { login_hint: who });
      const { sign_in_url: url } = await ask("session");
      const page = await (await fetch(url)).text();
      const [, interaction] = /name="interaction" value="([^"]+)"/.exec(page) ?? [];
      const chosen = await fetch(new URL("/authorize", city.url), {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams({ interaction, language: "ru", resident: who }),
      });
      await fetch(chosen.headers.get("location"));
      await until(`${who} is signed in`, async () => {
        const session = await ask("session");
        return ["consents", "ready"].includes(session.state) && session.as_of !== null;
      }, 30);
      if (!decided) return;
      const { consents } = await ask("me");
      for (const { id, given } of consents) if (!given) await ask("set_consent", { id, reach: "off", given });
      await until("the app is ready", async () => (await ask("session")).state === "ready");
    },
    /** Killed, as when the power goes, and started again at another address. */
    async restart() {
      await host.stop("SIGKILL");
      await start();
    },
    /** Ended, and started where no keyring opens it: the phrase has to be said. */
    async lock() {
      await host.stop();
      await start({});
    },
    async close() {
      await host.stop();
      remove();
    },
  });
}

/** What a person with a device of their own lives through; every page error of the way fails, and tells what the page said. */
export async function person({ city, browser }, life, size, live) {
  const device = await openDevice(city);
  let page;
  try {
    if (life !== null) {
      await device.signIn(lives[life].who);
      await lives[life].prepare?.(city);
    }
    page = await openPage(browser, device, size);
    await live(page, device);
    assert.deepEqual(page.trouble, []);
  } catch (error) {
    const words = await page?.locator("body").ariaSnapshot().catch(() => "");
    error.message += `\n--- ${page?.url()} said:\n${words?.slice(0, 3000)}\n--- trouble: ${page?.trouble}`;
    throw error;
  } finally {
    await page?.context().close();
    await device.close();
  }
}
