import { t } from "../i18n/words.svelte";
import { insideTauri, offerFile } from "../platform";
import type { SavedFile, TextFile } from "../rpc/types";
import { act, tell } from "./act.svelte";

/** The shell writes the file itself; a browser downloads it. */
async function save(
  type: string,
  write: () => Promise<SavedFile | undefined>,
  make: () => Promise<TextFile | undefined>,
): Promise<void> {
  if (insideTauri()) {
    const saved = await write();
    if (saved !== undefined) tell(t("file-saved", { path: saved.path }));
    return;
  }
  const made = await make();
  if (made === undefined) return;
  offerFile(made.name, `${type};charset=utf-8`, made.text);
  tell(t("file-handed", { name: made.name }));
}

export function saveCalendar(id?: string): Promise<void> {
  const args = id === undefined ? {} : { id };
  return save(
    "text/calendar",
    () => act("save_ics", args),
    () => act("calendar_ics", args),
  );
}

/** All that the device holds about the resident. */
export const saveExport = (): Promise<void> =>
  save(
    "application/json",
    () => act("save_export", {}),
    () => act("export", {}),
  );
