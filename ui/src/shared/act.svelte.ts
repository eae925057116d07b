import { asCallError } from "../platform";
import { say, t } from "../i18n/words.svelte";
import { run, type CommandName, type Commands } from "../rpc/commands";
import type { Card, Slot } from "../rpc/types";
import { sessionQuery } from "./session.svelte";

/** What was just done, said aloud. */
interface Said {
  words: string;
  trouble: boolean;
}

let said = $state.raw<Said | null>(null);
let asked = $state.raw<CommandName[]>([]);
/** These wait for the city, however slow it is: no other button waits with theirs. */
const OF_THE_CITY: readonly CommandName[] = ["sync", "make_calendar_link", "end_calendar_link"];
const running = new Set<Promise<unknown>>();

export const lastSaid = (): Said | null => said;
/** Whether a button has to wait: one that asks the city for its own answer, any other for the device. */
export const isBusy = (...own: CommandName[]): boolean =>
  asked.some((name) => (own.length > 0 ? own.includes(name) : !OF_THE_CITY.includes(name)));

/** When all that the resident has done so far is done. */
export async function settled(): Promise<void> {
  while (running.size > 0) await Promise.allSettled(running);
}

/** Counts among what `settled` waits for. */
export function untilSettled<T>(work: Promise<T>): Promise<T> {
  running.add(work);
  const done = (): void => void running.delete(work);
  work.then(done, done);
  return work;
}

export function tell(words: string): void {
  said = { words, trouble: false };
}

export function hush(): void {
  said = null;
}

export function hushTrouble(): void {
  if (said?.trouble === true) said = null;
}

/**
 * Runs a command for the resident; trouble is said in plain words, and `undefined` comes back. What it changed, the device says
 * itself: to ask for everything again here would ask for it twice.
 */
export async function act<N extends CommandName>(
  name: N,
  args: Commands[N][0],
): Promise<Commands[N][1] | undefined> {
  asked = [...asked, name];
  // What goes wrong a second time is said a second time.
  hushTrouble();
  try {
    return await untilSettled(run(name, args));
  } catch (cause) {
    said = { words: explain(cause), trouble: true };
    return undefined;
  } finally {
    asked = asked.toSpliced(asked.indexOf(name), 1);
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

export async function accept(card: Card): Promise<void> {
  if (card.appointment !== null) await answer({ appointment: card.appointment, answer: "accept" });
}

export async function decline(card: Card): Promise<void> {
  if (card.appointment !== null) await answer({ appointment: card.appointment, answer: "decline" });
  else await actToUndo("answer_step", { id: card.id, answer: "declined" });
}

export async function haveIt(card: Card): Promise<void> {
  await actToUndo("answer_step", { id: card.id, answer: "have_it" });
}

export async function done(card: Card): Promise<void> {
  await actToUndo("answer_step", { id: card.id, answer: "done" });
}

export const change = (appointment: string, slot: Slot): Promise<boolean> =>
  answer({ appointment, answer: "change", slot: slot.id });

export const book = async (id: string, { id: slot, start }: Slot): Promise<boolean> =>
  (await actToUndo("book_step", { id, slot, start })) !== undefined;

let byKey = false;

/** Asked once: whether the last answer came from a keyboard that has not gone on to anything else. */
export function wasByKey(): boolean {
  const was = byKey;
  byKey = false;
  return was;
}

/** What was done is said by the bar that can take it back. */
export function actToUndo<N extends CommandName>(
  name: N,
  args: Commands[N][0],
): Promise<Commands[N][1] | undefined> {
  hush();
  byKey = document.activeElement?.matches(":focus-visible") === true;
  window.addEventListener("keydown", wasByKey, { once: true });
  return act(name, args);
}

const answer = async (args: Commands["answer_offer"][0]): Promise<boolean> =>
  (await actToUndo("answer_offer", args)) !== undefined;

export async function takeBack(thing: string): Promise<void> {
  if ((await act("undo", { thing })) !== undefined) tell(t("undone"));
}
