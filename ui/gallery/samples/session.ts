import type { Session } from "../../src/rpc/types";
import type { SessionState } from "../../src/generated/SessionState";
import { anna, both, city, mother, NOW, son } from "./people";

export const session: Session = {
  state: "ready",
  city,
  demo_offered: true,
  resident: anna,
  residents: [anna, son, mother],
  language: "ru",
  theme: "system",
  offline: false,
  as_of: "2026-11-23T08:40:00+03:00",
  syncing: null,
  waiting: 0,
  now: NOW,
  problem: null,
  failing: [],
  sign_in_url: null,
};

const out = { ...session, resident: null, residents: [], as_of: null };

export const inState: Record<SessionState, Session> = {
  no_city: { ...out, state: "no_city", city: null },
  signed_out: { ...out, state: "signed_out" },
  signing_in: { ...out, state: "signing_in" },
  consents: { ...session, state: "consents" },
  ready: session,
  locked: { ...out, state: "locked" },
};
export const signingInElsewhere: Session = {
  ...inState.signing_in,
  sign_in_url: "https://city.example/authorize",
};

/** What the banner has to say, by what happened. */
export const banners: Record<string, Session> = {
  "nothing to say": session,
  offline: { ...session, offline: true },
  "offline before the first record": { ...session, offline: true, as_of: null },
  "answers wait": { ...session, offline: true, waiting: 3 },
  "some services fail": { ...session, failing: ["answers", "news", "rules"] },
  problem: {
    ...session,
    problem: {
      code: "pack-unsigned",
      message: both(
        "Новые правила города не подписаны им и не приняты. Пока действуют прежние.",
        "The new rules are not signed by the city and were not taken. The old ones still hold.",
      ),
    },
  },
  "the first records, their number unknown": { ...session, as_of: null, syncing: { done: 120, total: null } },
  "records, counted": { ...session, syncing: { done: 240, total: 612 } },
};
