#!/usr/bin/env node
// dunst calls this for every notification it shows; one line of JSON goes into VEKHA_NOTIFICATIONS.
import { appendFileSync } from "node:fs";

const env = process.env;
const shown = {
  id: Number(env.DUNST_ID),
  app: env.DUNST_APP_NAME,
  summary: env.DUNST_SUMMARY,
  body: env.DUNST_BODY,
  urgency: env.DUNST_URGENCY,
  at: new Date().toISOString(),
};
appendFileSync(env.VEKHA_NOTIFICATIONS, `${JSON.stringify(shown)}\n`);
