#!/usr/bin/env node
// dunst calls this for every notification it shows; one line of JSON goes into VEKHA_NOTIFICATIONS.
import { appendFileSync } from "node:fs";

const env = process.env;
// The daemon stamps what it is given, in milliseconds since the machine started; this program, which has to start first,
// comes later.
const since = Math.round(Number(process.hrtime.bigint()) / 1e6);
const ago = Math.max(0, since - Number(env.DUNST_TIMESTAMP ?? since));
const shown = {
  id: Number(env.DUNST_ID),
  app: env.DUNST_APP_NAME,
  summary: env.DUNST_SUMMARY,
  body: env.DUNST_BODY,
  urgency: env.DUNST_URGENCY,
  at: new Date(Date.now() - ago).toISOString(),
};
appendFileSync(env.VEKHA_NOTIFICATIONS, `${JSON.stringify(shown)}\n`);
