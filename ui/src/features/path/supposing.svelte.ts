import { run as ask } from "../../rpc/commands";
import type { Supposable, WhatIf } from "../../rpc/types";
import { explain } from "../../shared/act.svelte";

export interface Pretended {
  of: Supposable;
  value: unknown;
}

export const keyOf = ({ question: { missing } }: Supposable): string => `${missing.kind}.${missing.field}`;

/** Pretended facts about one resident, and what they would change. They live on this screen only. */
export class Supposing {
  pretended = $state.raw<Pretended[]>([]);
  found = $state.raw<WhatIf | undefined>();
  trouble = $state("");
  readonly resident: string;

  constructor(resident: string) {
    this.resident = resident;
  }

  give(of: Supposable, value: unknown): void {
    void this.#look([...this.pretended.filter((one) => keyOf(one.of) !== keyOf(of)), { of, value }]);
  }
  forget(one: Pretended): void {
    void this.#look(this.pretended.filter((other) => other !== one));
  }
  forgetAll(): void {
    void this.#look([]);
  }

  /** Whether nothing at all would be otherwise. */
  get same(): boolean {
    const { found } = this;
    return (
      found !== undefined &&
      [found.begins, found.ends, found.turns, found.appears, found.moves, found.stops].every(
        (all) => all.length === 0,
      )
    );
  }

  async #look(next: Pretended[]): Promise<void> {
    this.pretended = next;
    this.trouble = "";
    if (next.length === 0) {
      this.found = undefined;
      return;
    }
    const facts = next.map(({ of, value }) => ({ missing: of.question.missing, value }));
    try {
      const found = await ask("what_if", { resident: this.resident, facts });
      if (this.pretended === next) this.found = found;
    } catch (cause) {
      if (this.pretended !== next) return;
      this.pretended = next.slice(0, -1);
      this.trouble = explain(cause);
    }
  }
}
