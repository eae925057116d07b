// The main job, told step by step in the real window. `teller.say(words)` tells a step, and
// `teller.show(window, name)` keeps a picture.
import { join } from "node:path";
import { until } from "./paths.mjs";
import { openWindow } from "./window.mjs";

export async function story(teller) {
  teller.say("The window opens with the built-in demo city");
  const window = await openWindow({
    env: { VEKHA_DATA_DIR: join(teller.folder, "data"), VEKHA_CITY: "demo", VEKHA_AUTO_SIGN_IN: "anna" },
  });
  try {
    await until("words in the window", async () => (await window.words()).trim());
    await teller.show(window, "first");
  } finally {
    await window.close();
  }
}
