import { mount } from "svelte";
import App from "./App.svelte";
import "./shared/tokens.css";
import "./shared/base.css";
import { listenForPaper } from "./shared/paper";
import "./shared/paper.css";
import { warmUp } from "./shared/dates";
import { sessionQuery } from "./shared/session.svelte";
import { todayQuery } from "./shared/today.svelte";
import { listenForStale } from "./rpc/query.svelte";

/** Milliseconds: whoever waits longer than this wants to see that something is being done. */
const PATIENCE = 150;

// What the device keeps is there in a moment: it is drawn once, in the right language and colours, not first without them.
const kept = Promise.all([sessionQuery.refetch(), todayQuery.refetch()]);
sessionQuery.attach();
listenForStale();
listenForPaper();
warmUp();
void Promise.race([kept, new Promise((late) => setTimeout(late, PATIENCE))]).then(() => {
  const target = document.getElementById("app");
  if (target !== null) mount(App, { target });
});
