import { asCallError } from "../platform";
import { language, say, t } from "../i18n/words.svelte";
import { run, type CommandName, type Commands } from "../rpc/commands";
import { stale } from "../rpc/query.svelte";
import type { Card, Slot } from "../rpc/types";
import { sayWhen } from "./dates";
import { now, sessionQuery } from "./session.svelte";

/** What was just done, said aloud; with `appointment`, it can be taken back until `until`. */
interface Said {
  words: string;
  trouble: boolean;
  appointment: string | null;
  until: number;
}

const UNDO = 10_000;
let said = $state.raw<Said | null>(null);
let busy = $state(0);

export const lastSaid = (): Said | null => said;
export const isBusy = (): boolean => busy > 0;

export function tell(
  words: string,
  appointment: string | null = null,
  until = performance.now() + UNDO,
): void {
  said = { words, trouble: false, appointment, until };
}

export function hush(): void {
  said = null;
}

/** Runs a command for the resident; trouble is said in plain words, and `undefined` comes back. */
export async function act<N extends CommandName>(
  name: N,
  args: Commands[N][0],
): Promise<Commands[N][1] | undefined> {
  busy += 1;
  try {
    const answer = await run(name, args);
    stale([]);
    return answer;
  } catch (cause) {
    said = { words: explain(cause), trouble: true, appointment: null, until: performance.now() + UNDO };
    return undefined;
  } finally {
    busy -= 1;
  }
}

export function explain(cause: unknown): string {
  const error = asCallError(cause);
  const words = say(error.words);
  if (words !== "") return words;
  if (error.code === "unreachable") return t("error-unreachable");
  if (["offline", "net", "network", "unavailable"].includes(error.code)) return t("error-net");
  return t("error-unknown");
}

export const offline = (): boolean => sessionQuery.value?.offline ?? false;

function undoEnds(card: Card): number {
  if (card.undo_until === null) return performance.now() + UNDO;
  const left = Date.parse(card.undo_until) - Date.parse(now());
  return performance.now() + Math.max(0, Math.min(UNDO, Number.isNaN(left) ? UNDO : left));
}

export async function accept(card: Card): Promise<void> {
  if (card.appointment === null) return;
  const answer = await act("answer_offer", { appointment: card.appointment, answer: "accept" });
  if (answer === undefined) return;
  const when = answer.when ?? card.when;
  const words =
    when === null ? t("accepted-plain") : t("accepted", { when: sayWhen(language(), when, now()) });
  tell(words, card.appointment, undoEnds(answer));
}

export async function decline(card: Card): Promise<void> {
  if (card.appointment === null) {
    if ((await act("answer_step", { id: card.id, answer: "declined" })) !== undefined)
      tell(t("marked-declined"));
    return;
  }
  const answer = await act("answer_offer", { appointment: card.appointment, answer: "decline" });
  if (answer !== undefined) tell(t("declined"), card.appointment, undoEnds(answer));
}

export async function change(appointment: string, slot: Slot): Promise<boolean> {
  const answer = await act("answer_offer", { appointment, answer: "change", slot: slot.id });
  if (answer === undefined) return false;
  tell(t("accepted", { when: sayWhen(language(), slot.start, now()) }), appointment, undoEnds(answer));
  return true;
}

export async function takeBack(appointment: string): Promise<void> {
  if ((await act("undo", { appointment })) !== undefined) tell(t("undone"));
}
