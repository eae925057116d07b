import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { awaitNotification, press, pressBody } from "./dunst.mjs";

async function pressed(body, how) {
  const sender = spawn("notify-send", ["--wait", "-A", "accept=Принять", "-A", "default=Открыть", "Веха", body]);
  let said = "";
  sender.stdout.on("data", (data) => (said += data));
  how(await awaitNotification((notification) => notification.body === body));
  await once(sender, "close");
  return said.trim();
}

test("an action pressed in a notification reaches who sent it", async () => {
  assert.equal(await pressed("Есть место завтра в 10:00", (one) => press(one, "accept")), "accept");
});

test("the body pressed in a notification reaches who sent it", async () => {
  assert.equal(await pressed("Изменилось время", pressBody), "default");
});
