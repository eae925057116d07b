import { t } from "../i18n/words.svelte";
import { insideTauri, offerFile } from "../platform";
import { act, tell } from "./act.svelte";

/** The shell writes the file itself; a browser downloads it. */
export async function saveCalendar(id?: string): Promise<void> {
  const args = id === undefined ? {} : { id };
  if (insideTauri()) {
    const saved = await act("save_ics", args);
    if (saved !== undefined) tell(t("calendar-saved", { path: saved.path }));
    return;
  }
  const made = await act("calendar_ics", args);
  if (made !== undefined) offerFile(made.name, "text/calendar;charset=utf-8", made.ics);
}
