// The demo city's operator: makes things happen, the way the page at /operator does.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./paths.mjs";

/** The operator of the city that runs inside the app with this data folder. */
export async function operatorOf(data) {
  const port = await until("the demo city's address", () => {
    try {
      return readFileSync(join(data, "city/port"), "utf8").trim();
    } catch {
      return null;
    }
  }, 20);
  const base = `http://127.0.0.1:${port}/operator/api`;
  return {
    async act(verb, body) {
      const answer = await fetch(`${base}/${verb}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`the operator's ${verb} failed (${answer.status}): ${text}`);
      return text ? JSON.parse(text) : null;
    },
    state: async () => (await fetch(`${base}/state`)).json(),
  };
}
