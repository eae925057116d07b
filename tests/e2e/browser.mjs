// The real Chromium in front of the real thing: a demo city, devices that serve the UI over HTTP, and people in them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { program, root, scratch, until } from "./paths.mjs";

export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.VEKHA_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
}

/** A program that says its address on its first line, and what ends it. */
async function started(name, args, env = {}) {
  const child = spawn(program(name), args, {
    env: { RUST_LOG: "warn", ...process.env, ...env },
    stdio: ["ignore", "pipe", process.env.VEKHA_E2E_LOUD ? "inherit" : "pipe"],
  });
  let trouble = "";
  child.stderr?.on("data", (data) => (trouble = (trouble + data).slice(-4000)));
  let address;
  createInterface({ input: child.stdout }).on("line", (line) => (address ??= /https?:\/\/\S+/.exec(line)?.[0]));
  const gone = once(child, "exit").then(([code]) => code, (error) => error.message);
  let ended;
  void gone.then((how) => (ended = { how }));
  try {
    await until(`${name} says its address`, () => {
      if (ended) throw new Error(`it ended (${ended.how}): ${trouble}`);
      return address;
    }, 30);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  return {
    address,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      await gone;
    },
  };
}

/** A demo city whose clock starts in the morning of a working day. */
export async function openCity({ now = "2026-11-23T10:00+03:00" } = {}) {
  const { folder, remove } = scratch();
  const city = await started("vekha-city", ["serve", "--demo", "--data", folder, ...(now === null ? [] : ["--now", now])]);
  const ask = async (path, body) => {
    const answer = await fetch(`${city.address}/operator/api/${path}`, body && {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the operator's ${path} failed (${answer.status}): ${text}`);
    return text ? JSON.parse(text) : null;
  };
  return {
    address: city.address,
    act: (verb, body) => ask(verb, body),
    state: () => ask("state"),
    async close() {
      await city.stop();
      remove();
    },
  };
}

/** A device: `vekha-host` with its own data, kept over `restart`. */
export async function openDevice({ city } = {}) {
  const { folder, remove } = scratch();
  let host;
  const device = {
    async start() {
      host = await started(
        "vekha-host",
        ["--data", folder, "--listen", "127.0.0.1:0", "--ui", join(root, "ui/dist"), "--passphrase"],
        { VEKHA_PASSPHRASE: "тихая вода точит камень" },
      );
      const address = new URL(host.address);
      Object.assign(device, { address: host.address, origin: address.origin, token: address.searchParams.get("token") });
    },
    async call(name, args = {}) {
      const answer = await fetch(`${device.origin}/rpc/${name}`, {
        method: "POST",
        headers: { authorization: `Bearer ${device.token}`, "content-type": "application/json" },
        body: JSON.stringify(args),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${name} failed (${answer.status}): ${text}`);
      return JSON.parse(text);
    },
    /** Connects and signs in as `who` the way a browser would, without one; takes the consents as the city has them. */
    async signIn(who) {
      await device.call("connect_city", { address: city.address });
      await device.call("sign_in", { login_hint: who });
      const { sign_in_url: url } = await device.call("session");
      const page = await (await fetch(url)).text();
      const [, interaction] = /name="interaction" value="([^"]+)"/.exec(page) ?? [];
      const chosen = await fetch(new URL("/authorize", city.address), {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams({ interaction, language: "ru", resident: who }),
      });
      await fetch(chosen.headers.get("location"));
      await until(`${who} is signed in`, async () => {
        const session = await device.call("session");
        if (session.problem) throw new Error(session.problem.message.en);
        return ["consents", "ready"].includes(session.state) && session.as_of !== null;
      }, 30);
      const { consents } = await device.call("me");
      for (const { id, reach, given } of consents)
        if (!given) await device.call("set_consent", { id, reach: "off", given: false });
        else await device.call("set_consent", { id, reach, given });
      await device.call("sync");
      await until("the app is ready", async () => (await device.call("session")).state === "ready");
    },
    async restart() {
      await host.stop("SIGKILL");
      await device.start();
    },
    async close() {
      await host.stop();
      remove();
    },
  };
  await device.start();
  return device;
}
