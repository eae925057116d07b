// A made-up city planned at three sizes: node benches/city.mjs PROGRAM. One line of JSON: seconds, memory, and whether a resident costs the same in a big city.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const program = process.argv[2];
const peak = (pid) => {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
  } catch {
    return 0; // It has ended since.
  }
};

const plan = (residents) =>
  new Promise((done, failed) => {
    const begun = performance.now();
    const city = spawn(program, ["plan-city", "--residents", residents, "--seed", "1", "--now", "2026-11-23T10:00+03:00"], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    let megabytes = 0;
    const watch = setInterval(() => (megabytes = Math.max(megabytes, peak(city.pid))), 50);
    city.on("error", failed);
    city.on("exit", (code) => {
      clearInterval(watch);
      if (code !== 0) failed(new Error(`plan-city ended with ${code}`));
      done({ residents, seconds: (performance.now() - begun) / 1000, megabytes });
    });
  });

const sizes = [];
for (const residents of [10_000, 100_000, 1_000_000]) sizes.push(await plan(residents));
const [, middle, big] = sizes;
for (const { residents, seconds, megabytes } of sizes) {
  console.error(`${residents} residents: ${seconds.toFixed(1)} s, ${((seconds * 1e6) / residents).toFixed(0)} µs each, at most ${megabytes.toFixed(0)} MB`);
}
console.log(
  JSON.stringify({
    seconds: big.seconds / 60,
    memory: big.megabytes / 2048,
    growth: big.seconds / big.residents / (middle.seconds / middle.residents),
  }),
);
