import { settleLanguage } from "../../i18n/words.svelte";
import type { Me } from "../../rpc/types";
import { act, untilSettled } from "../../shared/act.svelte";
import { setSession } from "../../shared/session.svelte";

type Settings = Me["settings"];

/** What was chosen and is not yet known to be kept: arrows pass over choices faster than that. */
let chosen = $state.raw<Partial<Settings>>({});
let last: Promise<unknown> = Promise.resolve();

/** What is kept, and over it what was just chosen: an earlier answer does not turn it back under the finger. */
export const withChosen = (kept: Settings): Settings => ({ ...kept, ...chosen });

/** What was chosen so is kept by now, or could not be. */
export function forget(answered: Partial<Settings>): void {
  const values = new Map<string, unknown>(Object.entries(answered));
  const rest = Object.entries(chosen).filter(([name, value]) => values.get(name) !== value);
  if (rest.length < Object.keys(chosen).length) chosen = Object.fromEntries(rest);
}

/** One after the other: the last one counts. */
export function set(change: Partial<Settings>): void {
  settleLanguage();
  chosen = { ...chosen, ...change };
  last = untilSettled(
    last.then(async () => {
      const session = await act("set_setting", change);
      if (session === undefined) forget(change);
      else setSession(session);
    }),
  );
}
