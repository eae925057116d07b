// Where the built programs are, and what every test needs of the system.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
/** The benches measure optimised programs, `VEKHA_PROFILE=release`. */
export const program = (name) => join(target, process.env.VEKHA_PROFILE ?? "debug", name);
export const app = process.env.VEKHA_APP ?? program("vekha");
export const tauriDriver = join(target, "tools/bin/tauri-driver");

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** A new folder, and what removes it again. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "vekha-e2e-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Asks until the answer is truthy; the error says what was awaited and the last trouble. */
export async function until(what, ask, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  let trouble;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      trouble = error;
    }
    await sleep(50);
  }
  throw new Error(`waited ${seconds} s in vain: ${what}`, { cause: trouble });
}
