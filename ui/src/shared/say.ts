import { say, t } from "../i18n/words.svelte";
import type { Card } from "../rpc/types";
import { offline } from "./act.svelte";
import { sayDate, saySpan, sayUntil, sayWhen } from "./dates";
import { now } from "./session.svelte";

/** When a card happens, in the resident's words; empty where it has no date. */
export function cardWhen(card: Card): string {
  if (["done", "declined", "cancelled"].includes(card.state))
    return card.when === null ? "" : sayDate(card.when, now());
  if (card.when !== null && visits(card)) return sayWhen(card.when, now());
  if (card.until !== null && card.when !== null && card.when > now() && card.state === "upcoming")
    return saySpan(card.when, card.until, now());
  // A day that passed while the step still waits for somebody's word is no date to keep.
  if (card.state === "upcoming" && card.until !== null && card.until < now().slice(0, 10)) return "";
  if (card.until !== null) return sayUntil(card.until, now());
  if (card.when !== null) return sayWhen(card.when, now());
  return "";
}

export const visits = (card: Card): boolean =>
  card.kind === "offer" || card.kind === "appointment" || card.state === "booked" || card.state === "held";

/** Whose this is, always said when it is not the resident's own. */
export const whoseName = (card: { whose: Card["whose"] }): string =>
  card.whose.relation === "myself" ? t("mine") : t("whose", { name: card.whose.name });

/** The state of a card or of a line of the calendar; nobody is booked before the city knows of it. */
export const stateWords = ({ state, pending }: Pick<Card, "state" | "pending">): string =>
  state === "booked" && pending === "waiting" ? t("state-agreed") : t(`state-${state}`);

/** The same of a card; where the city is to act, it is not the resident who "can do it now". */
export function cardState(card: Card): string {
  const waits = card.state === "open" || card.state === "due_soon";
  const theirs = !["book", "do", "pay", "ask", "decide", "visit"].includes(card.action);
  return waits && theirs && card.deadline === "state" ? t("state-city") : stateWords(card);
}

export const lateWords = ({ late_days: days }: Card): string =>
  days === null || days === 0 ? t("late-by-hours") : t("late-by", { days });

/** Where an answer is on its way to the city. */
export const pendingWords = (pending: NonNullable<Card["pending"]>): string =>
  pending === "refused" ? t("refused") : t(offline() ? "pending" : "pending-now");

/** Who must keep the date, and until when. */
export function cardDeadline(card: Card): string {
  if (card.deadline === "state") {
    const holder = say(card.holder) || say(card.service);
    const keeper = holder === "" ? t("deadline-state-nobody") : t("deadline-state", { holder });
    if (card.until === null) return keeper;
    return `${keeper}. ${t("deadline-by", { until: sayUntil(card.until, now()) })}`;
  }
  if (card.until === null) return "";
  return t(`deadline-${card.deadline}`, { until: sayUntil(card.until, now()) });
}
