// What may go wrong around the window: it says so in plain words and loses nothing.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { test } from "node:test";
import { openCity } from "./city.mjs";
import { openNetwork } from "./network.mjs";
import { app, scratch } from "./paths.mjs";
import { everythingSent, quiet, signIn } from "./play.mjs";
import { openWindow } from "./window.mjs";

/** A signed-in device with a city of its own, for `tell`. */
async function stage(tell) {
  const { folder, remove } = scratch();
  const network = await openNetwork();
  const city = await openCity({ folder, network });
  const device = join(folder, "device");
  const window = await openWindow({ env: { VEKHA_DATA_DIR: device, VEKHA_CITY: city.url }, hand: "anna" });
  try {
    await signIn({ teller: quiet, window });
    await tell({ folder, network, city, device, window });
  } finally {
    await window.close();
    await city.close();
    await network.cut();
    remove();
  }
}

test("a second start brings the first window forward and ends with words", { timeout: 120_000 }, async () => {
  const { folder, remove } = scratch();
  const env = { VEKHA_DATA_DIR: join(folder, "data") };
  const first = await openWindow({ env });
  try {
    await first.until("words in the window", async () => (await first.words()).trim());
    const second = spawn(app, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [second.stdout, second.stderr]) stream.on("data", (data) => (said += data));
    const late = setTimeout(() => second.kill("SIGKILL"), 30_000);
    const [code] = await once(second, "exit");
    clearTimeout(late);
    assert.equal(code, 0, `the second ends by itself: ${said}`);
    assert.match(said, /Веха уже открыта/);
    const windows = execFileSync("xdotool", ["search", "--onlyvisible", "--pid", String(first.pid())], { encoding: "utf8" });
    assert.ok(windows.trim(), "the first window is still there");
    assert.ok((await first.words()).trim());
  } finally {
    await first.close();
    remove();
  }
});

/** The database of the one account, with its log gone, as after a power cut; `damage` gets the open file and its size. */
function spoil(device, damage) {
  const accounts = join(device, "accounts");
  const [name] = readdirSync(accounts).filter((it) => it.endsWith(".db"));
  const file = join(accounts, name);
  for (const log of ["-wal", "-shm"]) rmSync(file + log, { force: true });
  const handle = openSync(file, "r+");
  damage(handle, statSync(file).size);
  closeSync(handle);
}
const setAside = (device) => readdirSync(join(device, "accounts")).some((it) => it.includes(".damaged-"));

test("a damaged database is set aside, the app says so, and reads everything again", { timeout: 180_000 }, () =>
  stage(async ({ city, device, window }) => {
    await city.laboratory("anna");
    await window.byTestId("offer-card", 20);
    await window.kill();
    spoil(device, (handle, size) => {
      assert.ok(size >= 4096, `there is a database to damage (${size} bytes)`);
      for (let page = 0; page < size; page += 4096) writeSync(handle, Buffer.alloc(1024, 0xa5), 0, 1024, page + 512);
    });

    await window.start();
    await window.until("the app says what happened", async () => (await window.words()).includes("были повреждены"), 30);
    assert.ok(setAside(device), "the old file is kept");
    await window.byTestId("offer-card", 30);
  }));

test("an answer that was not sent outlives the damage of the database, and reaches the city", { timeout: 180_000 }, () =>
  stage(async ({ city, network, device, window }) => {
    await city.laboratory("anna");
    await window.byTestId("offer-card", 20);
    await network.cut();
    await window.byTestId("offline-banner", 20);
    await window.click(await window.byTestId("accept"));
    await window.byTestId("pending-badge", 20);
    await window.kill();
    spoil(device, (handle, size) => {
      // A page far behind those the answer lies in: the tables were made first, what the city sent came after.
      const page = Math.floor((size / 4096) * 0.75);
      assert.ok(page > 8, `there is a database to damage (${size} bytes)`);
      writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
    });

    await window.start();
    await window.until("the app says what happened", async () => (await window.words()).includes("были повреждены"), 30);
    assert.match(await window.words(), /Сохранено неотправленных действий: 1/);
    assert.ok(setAside(device), "the old file is kept");
    await window.byTestId("offline-banner", 20);
    assert.equal((await window.command("session")).waiting, 1, "the answer waits to be sent");
    await window.byTestId("waiting-banner");
    assert.deepEqual(await city.visits("anna", "booked"), [], "the city has not heard of it");

    await network.mend();
    await everythingSent(window);
    assert.equal((await city.visits("anna", "booked")).length, 1, "now it has, once");
    assert.equal((await city.visits("anna")).length, 1);
    await window.until("the window shows the visit as booked", async () =>
      (await window.command("calendar")).some((it) => it.kind === "appointment" && it.state === "booked" && !it.pending));
  }));

test("a city with a wrong certificate is not talked to, and the window says why", { timeout: 120_000 }, async () => {
  const { folder, remove } = scratch();
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
    "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert], { stdio: "ignore" });
  let heard = 0;
  const impostor = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, answer) => {
    heard += 1;
    answer.end("{}");
  }).listen(0, "127.0.0.1");
  await once(impostor, "listening");
  const window = await openWindow({ env: { VEKHA_DATA_DIR: join(folder, "data") } });
  try {
    await window.byTestId("connect-demo", 20);
    const said = await window.command("connect_city", { address: `https://localhost:${impostor.address().port}` })
      .then(() => "", (error) => error.message);
    assert.match(said, /untrusted/);
    assert.match(said, /Сертификат города не подтверждён/);
    assert.equal(heard, 0, "nothing was sent");
  } finally {
    await window.close();
    impostor.close();
    impostor.closeAllConnections();
    remove();
  }
});

test("a sign-in that was ended elsewhere leaves the screens readable and asks calmly to sign in again", { timeout: 180_000 }, () =>
  stage(async ({ city, window }) => {
    await city.laboratory("anna");
    await window.byTestId("offer-card", 20);
    await city.forget();
    await window.until("the app asks to sign in again", async () => (await window.words()).includes("Войдите снова"), 60);
    await window.byTestId("offer-card");
    for (const tab of ["path", "calendar", "me", "today"]) {
      await window.tab(tab);
      await window.until(`${tab} is readable`, async () => (await window.words()).length > 200);
    }
    assert.equal((await window.command("session")).state, "ready");
  }));
