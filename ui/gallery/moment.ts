import { act, tell } from "../src/shared/act.svelte";
import { setSession } from "../src/shared/session.svelte";
import { todayQuery } from "../src/shared/today.svelte";
import type { Look } from "./look.svelte";
import { both } from "./samples/people";
import { session } from "./samples/session";
import { calm, full } from "./samples/today";

const SAID = both("Отмечено: сделано", "Marked as done");
const AGAIN = 6000;

/** Puts the whole app where the look wants it: its language, and what it is in the middle of. */
export function enter({ language, moment }: Look): () => void {
  const speak = (): void => {
    setSession({ ...session, language, offline: moment === "offline" });
    if (moment === "usual") tell(SAID[language]);
  };
  speak();
  todayQuery.set(moment === "calm" ? calm : full);
  if (moment === "busy" || moment === "failed") void act("set_network", { offline: false });
  // What was said would be gone soon, and the clock would run out.
  const timer = setInterval(speak, AGAIN);
  return () => clearInterval(timer);
}
