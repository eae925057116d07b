import { until } from "../paths.mjs";

/** What was just answered is taken back by the bar that offers it. */
export async function takeBack(hand) {
  await hand.isAt("button", "Отменить");
  await hand.act();
  await hand.hear("Отменено");
}

/** The bar is left alone until its seconds are over, and the city has the answer. */
export async function letGo(hand, device) {
  await hand.isAt("button", "Отменить");
  await until("the answer has left", async () => (await device.call("session")).waiting === 0, 25);
}
