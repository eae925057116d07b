import { asCallError, listen, type CallError } from "../platform";
import { run, type CommandName, type Commands } from "./commands";

type Tag = "session" | "today" | "path" | "calendar" | "me";

/** Answers already seen, so that a screen opens with content before anything is asked again. Memory only. */
const seen = new Map<string, unknown>();
const live = new Set<Query<CommandName>>();

/** One command's answer, shown from memory at once and asked again whenever one of its tags goes stale. */
export class Query<N extends CommandName> {
  value = $state.raw<Commands[N][1] | undefined>();
  error = $state.raw<CallError | undefined>();
  #asked = 0;

  constructor(
    readonly name: N,
    readonly args: Commands[N][0],
    readonly tags: Tag[],
  ) {
    this.value = seen.get(this.#key()) as Commands[N][1] | undefined;
  }

  #key(): string {
    return `${this.name} ${JSON.stringify(this.args)}`;
  }

  async refetch(): Promise<void> {
    const turn = ++this.#asked;
    try {
      const value = await run(this.name, this.args);
      if (turn !== this.#asked) return;
      this.set(value);
    } catch (cause) {
      if (turn === this.#asked) this.error = asCallError(cause);
    }
  }

  /** Asks before anybody looks, so that the answer is there when the screen is. What fails is asked again, and said, then. */
  async prefetch(): Promise<void> {
    try {
      const value = await run(this.name, this.args);
      if (this.#asked === 0 || this.value === undefined) this.set(value);
    } catch {
      // Nobody has asked yet.
    }
  }

  set(value: Commands[N][1]): void {
    seen.set(this.#key(), value);
    this.value = value;
    this.error = undefined;
  }

  /** Call inside an effect: alive until the effect ends. */
  attach(): () => void {
    const self = this as unknown as Query<CommandName>;
    live.add(self);
    void this.refetch();
    return () => live.delete(self);
  }
}

/** A query that lives as long as the component that makes it. */
export function query<N extends CommandName>(name: N, args: Commands[N][0], tags: Tag[]): Query<N> {
  const made = new Query(name, args, tags);
  $effect(() => made.attach());
  return made;
}

export function stale(tags: readonly string[]): void {
  for (const one of live)
    if (tags.length === 0 || one.tags.some((tag) => tags.includes(tag))) void one.refetch();
}

/** Nothing of one resident may be seen by the next. */
export function forget(): void {
  seen.clear();
  for (const one of live) if (one.name !== "session") one.value = undefined;
}

export function listenForStale(): void {
  listen(stale);
}
