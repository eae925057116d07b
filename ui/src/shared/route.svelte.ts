export const tabs = ["today", "path", "calendar", "me"] as const;
export type Tab = (typeof tabs)[number];

/** Where the resident is: `#/today`, `#/card/<id>`, `#/times/<id>`, `#/document/<id>`, `#/path/<resident>`, `#/calendar/month`, `#/me/<section>`. */
export interface Route {
  page: string;
  id: string | null;
  /** The card is opened to choose another time. */
  times: boolean;
}

function read(): Route {
  const [page = "", ...rest] = location.hash.replace(/^#\/?/, "").split("/");
  const tail = rest.join("/");
  let id: string | null = null;
  try {
    id = tail === "" ? null : decodeURIComponent(tail);
  } catch {
    id = tail;
  }
  const times = page === "times";
  return { page: times ? "card" : page === "" ? "today" : page, id, times };
}

const isTab = (page: string): page is Tab => (tabs as readonly string[]).includes(page);

let here = $state.raw(read());
const first = read();
let from = $state<Tab>(isTab(first.page) ? first.page : first.page === "document" ? "me" : "today");

window.addEventListener("hashchange", () => {
  here = read();
  if (isTab(here.page)) from = here.page;
});

export const route = (): Route => here;
/** The tab a card or document was opened from; its list stays beside the detail on a wide window. */
export const tab = (): Tab => (isTab(here.page) ? here.page : from);

export const toCard = (id: string): string => `#/card/${encodeURIComponent(id)}`;
/** The same, with the other times it could be at. */
export const toTimes = (id: string): string => `#/times/${encodeURIComponent(id)}`;
export const toPath = (resident: string): string => `#/path/${encodeURIComponent(resident)}`;
export const toDocument = (id: string): string => `#/document/${encodeURIComponent(id)}`;
export function go(hash: string): void {
  location.hash = hash;
}
