// The real app in its real window, driven over WebDriver (tauri-driver in front of WebKitWebDriver).
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { app, freePort, tauriDriver, until } from "./paths.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

const HAND = fileURLToPath(new URL("hand", import.meta.url));

/**
 * Opens the app; `env` is added to its environment (VEKHA_DATA_DIR, VEKHA_CITY, …). Where it opens the system browser to
 * sign in, the resident `hand` does. A `binary` that starts another program names it as `runs`.
 */
export async function openWindow({ binary = app, runs = binary, env = {}, args = [], hand } = {}) {
  const browser = hand && { VEKHA_HAND: hand, PATH: `${HAND}:${process.env.PATH}` };
  const window = new Window(realpathSync(binary), realpathSync(runs), { ...env, ...browser }, args);
  try {
    await window.start();
  } catch (error) {
    error.message += `\n--- the app said\n${window.log()}`;
    await window.close();
    throw error;
  }
  return window;
}

class Window {
  constructor(binary, runs, env, args) {
    Object.assign(this, { binary, runs, env, args });
    this.folder = mkdtempSync(join(tmpdir(), "vekha-window-"));
  }

  /** The end of what the app and its driver said. */
  log() {
    return readFileSync(join(this.folder, "log"), "utf8").split("\n").slice(-25).join("\n").trim();
  }

  async start() {
    const port = await freePort();
    const native = await freePort();
    const log = openSync(join(this.folder, "log"), "a");
    this.driver = spawn(tauriDriver, ["--port", port, "--native-port", native].map(String), {
      env: { ...process.env, ...this.env },
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    let failed;
    this.driver.once("error", (error) => (failed = error));
    this.gone = once(this.driver, "exit").catch(() => {});
    this.base = `http://127.0.0.1:${port}`;
    await until("tauri-driver answers", () => {
      if (failed) return true;
      return fetch(`${this.base}/status`).then((answer) => answer.ok);
    });
    if (failed) throw new Error(`tauri-driver could not be started (scripts/setup test builds it): ${failed.message}`);
    // No browserName: WebKitWebDriver refuses the one it does not know.
    const session = await this.ask("POST", "/session", {
      capabilities: { alwaysMatch: { "tauri:options": { application: this.binary, args: this.args } } },
    });
    this.session = `/session/${session.sessionId}`;
  }

  async ask(method, path, body) {
    const answer = await fetch(this.base + path, {
      method,
      body: body && JSON.stringify(body),
      headers: { "content-type": "application/json" },
      // A driver that hangs is a failure to read about, not a test run that never ends.
      signal: AbortSignal.timeout(30_000),
    }).catch((error) => {
      throw new Error(`the window did not answer ${method} ${path}: ${error.cause?.message ?? error.message}\n${this.log()}`);
    });
    const { value } = await answer.json();
    if (value?.error) throw Object.assign(new Error(`${value.error}: ${value.message}`), { code: value.error });
    return value;
  }

  /** The first visible element at `xpath`, as soon as it is there. */
  async first(what, xpath, seconds) {
    return this.until(what, async () => {
      const found = await this.ask("POST", `${this.session}/elements`, { using: "xpath", value: xpath });
      for (const element of found) {
        const id = element[ELEMENT];
        if (await this.ask("GET", `${this.session}/element/${id}/displayed`)) return id;
      }
      return null;
    }, seconds);
  }

  /** Like `until`; a failure also tells what the window shows and what the app said. */
  async until(what, ask, seconds) {
    try {
      return await until(what, ask, seconds);
    } catch (error) {
      const words = await this.words().catch(() => "(the window is gone)");
      const all = `${error.message}\n--- the window shows\n${words.slice(0, 1500)}\n--- the app said\n${this.log()}`;
      throw new Error(all, { cause: error.cause });
    }
  }

  /** A command, asked from inside the window. */
  async command(name, args = {}) {
    const { answer, error } = await this.run(
      `return window.__TAURI_INTERNALS__.invoke("command", { name: arguments[0], args: arguments[1] })
         .then((answer) => ({ answer }), (error) => ({ error: JSON.stringify(error) }))`,
      name,
      args,
    );
    if (error) throw new Error(`${name}: ${error}`);
    return answer;
  }

  /** Goes to a page by its address in the app ("#/me/documents"), as its links do. */
  async go(hash) {
    await this.run("location.hash = arguments[0]", hash);
  }

  async tab(name) {
    await this.click(await this.byTestId(`tab-${name}`));
  }

  byTestId(id, seconds) {
    return this.first(`test id ${id}`, `//*[@data-testid=${quoted(id)}]`, seconds);
  }

  /** The innermost visible element whose own words contain `text`. */
  byText(text, seconds) {
    return this.first(`text "${text}"`, `//body//*[text()[contains(normalize-space(.), ${quoted(text)})]]`, seconds);
  }

  /** By role (button, link, heading, textbox, checkbox, tab …) and the name a screen reader says. */
  byRole(role, name, seconds) {
    const named = `[normalize-space(.)=${quoted(name)} or @aria-label=${quoted(name)} or @id=//label[normalize-space(.)=${quoted(name)}]/@for]`;
    const native = (NATIVE[role] ?? []).map((tag) => `//${tag}[not(@role)]${named}`);
    return this.first(`${role} "${name}"`, [`//*[@role=${quoted(role)}]${named}`, ...native].join(" | "), seconds);
  }

  click(element) {
    return this.ask("POST", `${this.session}/element/${element}/click`, {});
  }

  type(element, text) {
    return this.ask("POST", `${this.session}/element/${element}/value`, { text });
  }

  /** Whether the element is still there to see. */
  displayed(element) {
    return this.ask("GET", `${this.session}/element/${element}/displayed`).catch((error) => {
      if (error.code === "stale element reference" || error.code === "no such element") return false;
      throw error;
    });
  }

  text(element) {
    return this.ask("GET", `${this.session}/element/${element}/text`);
  }

  /** Everything a person can read in the window now. */
  async words() {
    return this.run("return document.body.innerText");
  }

  /** Runs a function body in the page. */
  run(script, ...args) {
    return this.ask("POST", `${this.session}/execute/sync`, { script, args });
  }

  resize(width, height) {
    return this.ask("POST", `${this.session}/window/rect`, { width, height });
  }

  /** A picture as a person sees it, taken from the display: WebKitWebDriver's own never ends under Xvfb. */
  async screenshot(file) {
    mkdirSync(dirname(file), { recursive: true });
    await this.run("return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))");
    const [id] = this.onScreen();
    execFileSync("import", ["-silent", "-window", id, `png:${file}`], { timeout: 20_000 });
  }

  /** Takes the window off the screen, as one that is minimised. */
  hide() {
    for (const id of this.onScreen()) execFileSync("xdotool", ["windowunmap", id], { timeout: 10_000 });
    assert.ok(!this.visible(), "the window is off the screen");
  }

  visible() {
    return this.onScreen().length > 0;
  }

  /** The display's own numbers of what the app shows there. */
  onScreen() {
    const find = ["search", "--onlyvisible", "--pid", String(this.pid())];
    const { stdout } = spawnSync("xdotool", find, { encoding: "utf8", timeout: 10_000 });
    return stdout.trim().split("\n").filter((id) => id !== "");
  }

  /** The app's own process, found among the children of our driver. */
  pid() {
    return below(this.driver.pid).find((pid) => exe(pid) === this.runs);
  }

  /** The app dies at once, as if the power went; the driver goes too. */
  async kill() {
    if (!this.driver?.pid) return;
    // The app first and hard; then what the driver started, so that nothing is left behind.
    const family = below(this.driver.pid);
    for (const pid of family.filter((pid) => exe(pid) === this.runs)) signal(pid, "SIGKILL");
    for (const pid of family) signal(pid, "SIGTERM");
    this.driver.kill();
    const driver = this.driver;
    const late = setTimeout(() => driver.kill("SIGKILL"), 5_000);
    await this.gone;
    clearTimeout(late);
    await until("the app is gone", () => family.every((pid) => exe(pid) !== this.runs));
    this.driver = undefined;
  }

  async restart() {
    await this.kill();
    await this.start();
  }

  async close() {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const NATIVE = {
  button: ["button", "summary", "input[@type='submit' or @type='button']"],
  link: ["a[@href]"],
  heading: ["h1", "h2", "h3", "h4"],
  textbox: ["input[not(@type) or @type='text' or @type='url' or @type='search' or @type='password']", "textarea"],
  checkbox: ["input[@type='checkbox']"],
  radio: ["input[@type='radio']"],
  combobox: ["select"],
  listitem: ["li"],
};

/** XPath 1.0 has no escapes: a text with both quotes is put together. */
function quoted(text) {
  if (!text.includes('"')) return `"${text}"`;
  return `concat(${text.split('"').map((part) => `"${part}"`).join(`, '"', `)})`;
}

function below(pid) {
  const children = new Map();
  for (const name of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It ended while we were looking.
    }
  }
  const all = (of) => (children.get(of) ?? []).flatMap((child) => [child, ...all(child)]);
  return all(pid);
}

function exe(pid) {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return null;
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}
