import { asCallError, listen, type CallError } from "../platform";
import { run, type CommandName, type Commands } from "./commands";

type Tag = "session" | "today" | "path" | "calendar" | "me";

/** Answers already seen, so that a screen opens with content before anything is asked again. Memory only. */
const seen = new Map<string, unknown>();
const live = new Set<Query<CommandName>>();
/** Grows with each resident: an answer that was asked for by the one before is nobody's. */
let lives = 0;

/** Milliseconds: what costs the device much is asked again when a change has been shown. */
export const REST = 400;

/** One command's answer, shown from memory at once and asked again whenever one of its tags goes stale. */
export class Query<N extends CommandName> {
  value = $state.raw<Commands[N][1] | undefined>();
  error = $state.raw<CallError | undefined>();
  #asking: Promise<void> | undefined;
  #outdated = false;
  #version = 0;

  constructor(
    readonly name: N,
    readonly args: Commands[N][0],
    readonly tags: Tag[],
    /** How long after it goes stale it is asked again, if anybody still looks. */
    readonly rest = 0,
  ) {
    this.value = seen.get(this.#key()) as Commands[N][1] | undefined;
  }

  #key(): string {
    return `${this.name} ${JSON.stringify(this.args)}`;
  }

  /** However often it goes stale while an answer is on its way, it is asked once more. */
  refetch(): Promise<void> {
    this.#outdated = this.#asking !== undefined;
    this.#asking ??= this.#ask();
    return this.#asking;
  }

  outdate(): void {
    const self = this as unknown as Query<CommandName>;
    if (this.rest === 0) void this.refetch();
    else setTimeout(() => live.has(self) && void this.refetch(), this.rest);
  }

  async #ask(): Promise<void> {
    do {
      this.#outdated = false;
      const life = lives;
      const version = this.#version;
      try {
        const value = await run(this.name, this.args);
        if (life !== lives) this.#outdated = true;
        // What goes stale again at once, as when the city hears of what was just pressed, is shown all the same.
        else if (version === this.#version) this.set(value);
      } catch (cause) {
        if (life !== lives) this.#outdated = true;
        else if (!this.#outdated) this.error = asCallError(cause);
      }
    } while (this.#outdated);
    this.#asking = undefined;
  }

  /** A command's own answer is newer than any that is on its way. */
  set(value: Commands[N][1]): void {
    this.#version += 1;
    seen.set(this.#key(), value);
    this.value = value;
    this.error = undefined;
  }

  /** Call inside an effect: alive until the effect ends. */
  attach(): () => void {
    const self = this as unknown as Query<CommandName>;
    live.add(self);
    this.error = undefined;
    if (this.#asking === undefined) void this.refetch();
    return () => live.delete(self);
  }
}

/** A query that lives as long as the component that makes it. */
export function query<N extends CommandName>(name: N, args: Commands[N][0], tags: Tag[], rest = 0): Query<N> {
  const made = new Query(name, args, tags, rest);
  $effect(() => made.attach());
  return made;
}

/** Asks, one after the other, for what the next tap may bring up and nobody has asked for yet; until the end it returns. */
export function readAhead(queries: readonly { value: unknown; refetch: () => Promise<void> }[]): () => void {
  let wanted = true;
  const rest = setTimeout(async () => {
    for (const one of queries) if (wanted && one.value === undefined) await one.refetch();
  }, REST);
  return () => {
    wanted = false;
    clearTimeout(rest);
  };
}

export function stale(tags: readonly string[]): void {
  for (const one of live) if (tags.length === 0 || one.tags.some((tag) => tags.includes(tag))) one.outdate();
}

/** Nothing of one resident may be seen by the next. */
export function forget(): void {
  lives += 1;
  seen.clear();
  for (const one of live) if (one.name !== "session") one.value = undefined;
}

export function listenForStale(): void {
  listen(stale);
}
