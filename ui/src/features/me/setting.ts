import { settleLanguage } from "../../i18n/words.svelte";
import type { Commands } from "../../rpc/commands";
import { act } from "../../shared/act.svelte";

export async function set(change: Commands["set_setting"][0]): Promise<void> {
  settleLanguage();
  await act("set_setting", change);
}
