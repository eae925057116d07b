// The real app in its real window, driven over WebDriver (tauri-driver in front of WebKitWebDriver).
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, readdirSync, readlinkSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { app, freePort, tauriDriver, until } from "./paths.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** Opens the app; `env` is added to its environment (VEKHA_DATA_DIR, VEKHA_CITY, …). */
export async function openWindow({ binary = app, env = {}, args = [] } = {}) {
  const window = new Window(realpathSync(binary), env, args);
  try {
    await window.start();
  } catch (error) {
    await window.kill();
    throw error;
  }
  return window;
}

class Window {
  constructor(binary, env, args) {
    Object.assign(this, { binary, env, args });
  }

  async start() {
    const port = await freePort();
    const native = await freePort();
    this.driver = spawn(tauriDriver, ["--port", port, "--native-port", native].map(String), {
      env: { ...process.env, ...this.env },
      stdio: ["ignore", "ignore", "inherit"],
    });
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
    });
    const { value } = await answer.json();
    if (value?.error) throw Object.assign(new Error(`${value.error}: ${value.message}`), { code: value.error });
    return value;
  }

  async #first(what, xpath, seconds) {
    return until(what, async () => {
      const found = await this.ask("POST", `${this.session}/elements`, { using: "xpath", value: xpath });
      for (const element of found) {
        const id = element[ELEMENT];
        if (await this.ask("GET", `${this.session}/element/${id}/displayed`)) return id;
      }
      return null;
    }, seconds);
  }

  byTestId(id, seconds) {
    return this.#first(`test id ${id}`, `//*[@data-testid=${quoted(id)}]`, seconds);
  }

  /** The innermost visible element whose own words contain `text`. */
  byText(text, seconds) {
    return this.#first(`text "${text}"`, `//body//*[text()[contains(normalize-space(.), ${quoted(text)})]]`, seconds);
  }

  /** By role (button, link, heading, textbox, checkbox, tab …) and the name a screen reader says. */
  byRole(role, name, seconds) {
    const named = `[normalize-space(.)=${quoted(name)} or @aria-label=${quoted(name)} or @id=//label[normalize-space(.)=${quoted(name)}]/@for]`;
    const native = (NATIVE[role] ?? []).map((tag) => `//${tag}[not(@role)]${named}`);
    return this.#first(`${role} "${name}"`, [`//*[@role=${quoted(role)}]${named}`, ...native].join(" | "), seconds);
  }

  click(element) {
    return this.ask("POST", `${this.session}/element/${element}/click`, {});
  }

  type(element, text) {
    return this.ask("POST", `${this.session}/element/${element}/value`, { text });
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
    const find = ["search", "--onlyvisible", "--pid", String(this.pid())];
    const [id] = execFileSync("xdotool", find, { encoding: "utf8", timeout: 10_000 }).trim().split("\n");
    execFileSync("import", ["-silent", "-window", id, `png:${file}`], { timeout: 20_000 });
  }

  /** The app's own process, found among the children of our driver. */
  pid() {
    return below(this.driver.pid).find((pid) => exe(pid) === this.binary);
  }

  /** The app dies at once, as if the power went; the driver goes too. */
  async kill() {
    if (!this.driver?.pid) return;
    // The app first and hard; then what the driver started, so that nothing is left behind.
    const family = below(this.driver.pid);
    for (const pid of family.filter((pid) => exe(pid) === this.binary)) signal(pid, "SIGKILL");
    for (const pid of family) signal(pid, "SIGTERM");
    this.driver.kill();
    await this.gone;
    await until("the app is gone", () => family.every((pid) => exe(pid) !== this.binary));
  }

  async restart() {
    await this.kill();
    await this.start();
  }

  close() {
    return this.kill();
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
