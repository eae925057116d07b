import { Query } from "../rpc/query.svelte";
import type { Session } from "../rpc/types";

/** The session is the one thing every screen reads. */
export const sessionQuery = new Query("session", {}, ["session"]);

let arrived = $state.raw(performance.now());
let tick = $state(performance.now());

$effect.root(() => {
  $effect(() => {
    void sessionQuery.value?.now;
    arrived = performance.now();
  });
});

// Every day and every hour on a screen is said of it: a second that has gone by writes none of them anew.
const minute = $derived(sessionQuery.value?.now.replace(/(T\d\d:\d\d):\d\d(\.\d+)?/, "$1:00"));

/** The city's clock to the minute, which a demo moves; it runs on between answers. */
export function now(): string {
  return minute ?? new Date().toISOString();
}

/** Milliseconds since 1970 by the city's clock, alive: reading it in markup re-renders every second while watched. */
export function clock(): number {
  return Date.parse(sessionQuery.value?.now ?? new Date().toISOString()) + Math.max(0, tick - arrived);
}

export function watchClock(): () => void {
  const timer = setInterval(() => (tick = performance.now()), 1000);
  return () => clearInterval(timer);
}

export function setSession(session: Session): void {
  sessionQuery.set(session);
}

/** Whose it is, by name, where it is not the resident's own. */
export function nameOf(resident: string): string {
  const session = sessionQuery.value;
  if (session?.resident?.id === resident) return "";
  return session?.residents.find(({ id }) => id === resident)?.name ?? "";
}
