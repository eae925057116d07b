import { settleLanguage } from "../../i18n/words.svelte";
import type { Commands } from "../../rpc/commands";
import { act, untilSettled } from "../../shared/act.svelte";

let last: Promise<unknown> = Promise.resolve();

/** One after the other: arrows pass over choices faster than they are kept, and the last one counts. */
export function set(change: Commands["set_setting"][0]): void {
  settleLanguage();
  last = untilSettled(last.then(() => act("set_setting", change)));
}
