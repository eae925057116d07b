import { t } from "../i18n/words.svelte";
import { tabs, type Route } from "./route.svelte";
import { nameOf } from "./session.svelte";

export const SECTIONS = [
  "facts",
  "family",
  "documents",
  "inquiries",
  "consents",
  "access",
  "settings",
] as const;

const SCREEN = "screen/";

/** What a question from a screen is about: a thing by its id, a screen by where it is. What was looked for on it says nothing more. */
export function aboutOf({ page, id }: Pick<Route, "page" | "id">): string | null {
  if (["card", "document"].includes(page)) return id;
  const place = page === "me" ? id?.split("/")[0] : id;
  return SCREEN + [page, place].filter((part) => part).join("/");
}

/** What such a screen is called; empty where it is none. */
export function screenName(about: string | null): string {
  if (about?.startsWith(SCREEN) !== true) return "";
  const [page = "", place = ""] = about.slice(SCREEN.length).split("/");
  if (page === "me" && (SECTIONS as readonly string[]).includes(place)) return t(`me-${place}`);
  if (!(tabs as readonly string[]).includes(page)) return "";
  return [t(`tab-${page}`), nameOf(place)].filter((part) => part !== "").join(" · ");
}
