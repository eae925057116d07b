import { Query } from "../rpc/query.svelte";

/** What waits for the resident: read by Today, and by the bar that takes an answer back on every screen. */
export const todayQuery = new Query("today", {}, ["today", "session"]);
