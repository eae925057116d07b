// Starts one of our programs that says its address on its first line, and ends it again.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { program, until } from "./paths.mjs";

export async function startProgram(name, args, env = {}) {
  const child = spawn(program(name), args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let address;
  const keep = (data) => (said = (said + data).slice(-8000));
  child.stderr.on("data", keep);
  createInterface({ input: child.stdout }).on("line", (line) => {
    keep(`${line}\n`);
    address ??= /https?:\/\/\S+/.exec(line)?.[0];
  });
  let ended;
  const gone = once(child, "exit").then(([code, signal]) => signal ?? code, (error) => error.message);
  void gone.then((how) => (ended = how));
  try {
    await until(`${name} says its address`, () => {
      if (ended !== undefined) throw new Error(`it ended (${ended}): ${said}`);
      return address;
    }, 30);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  return {
    address,
    log: () => said,
    async stop(signal = "SIGINT") {
      if (ended === undefined) child.kill(signal);
      const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await gone;
      clearTimeout(late);
    },
  };
}
