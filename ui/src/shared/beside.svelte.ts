import { MediaQuery } from "svelte/reactivity";
import { route } from "./route.svelte";
import { todayQuery } from "./today.svelte";

const wide = new MediaQuery("(min-width: 900px)");

/** What Today begins with: it lies open beside the list where there is room, until something else is chosen. */
function first(): string | null {
  const it = todayQuery.value;
  // In the days after a loss nothing opens by itself.
  if (it === undefined || it.notices.some(({ id }) => id.startsWith("condolence/"))) return null;
  return [...it.offers, ...it.late, ...it.next][0]?.id ?? null;
}

/** The card that lies open: the chosen one, or on a wide window the first of Today. */
export function openCard(): string | null {
  const { page, id } = route();
  if (page === "card") return id;
  return page === "today" && wide.current ? first() : null;
}

/** Whether it was chosen to be read: its own page asks for the answer then, and not the list beside it as well. */
export const isChosen = (id: string): boolean => route().page === "card" && route().id === id;
