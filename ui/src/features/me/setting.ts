import { settleLanguage } from "../../i18n/words.svelte";
import type { Commands } from "../../rpc/commands";
import { act, untilSettled } from "../../shared/act.svelte";
import { setSession } from "../../shared/session.svelte";

let last: Promise<unknown> = Promise.resolve();

/** One after the other: arrows pass over choices faster than they are kept, and the last one counts. */
export function set(change: Commands["set_setting"][0]): void {
  settleLanguage();
  last = untilSettled(
    last.then(async () => {
      const session = await act("set_setting", change);
      if (session !== undefined) setSession(session);
    }),
  );
}
