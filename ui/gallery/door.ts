import { CallError, type Door } from "../src/platform/door";
import type { CommandName, Commands } from "../src/rpc/commands";
import { sessionQuery } from "../src/shared/session.svelte";
import { entries, slots, subscriptions } from "./samples/calendar";
import { states } from "./samples/cards";
import { details, documents } from "./samples/detail";
import { groups, looks, me } from "./samples/me";
import { both } from "./samples/people";
import { life, path, supposable, whatIfs } from "./samples/path";
import { session } from "./samples/session";
import type { Moment } from "./look.svelte";

/** An id by which a component waits for ever, or is told that something went wrong. */
export const NEVER = "never";
export const WRONG = "wrong";
export const NONE = "none";

type Answers = { [N in CommandName]?: (args: Commands[N][0]) => Commands[N][1] | Promise<Commands[N][1]> };

const ever = <T>(): Promise<T> => new Promise<T>(() => {});
const offline = (): CallError =>
  new CallError("net", both("Город сейчас не отвечает.", "The city does not answer just now."));

function found<T>(id: string, all: Record<string, T>): T | Promise<T> {
  if (id === NEVER) return ever();
  if (id === WRONG) throw offline();
  const one = all[id];
  if (one === undefined) throw new CallError("not-found", null);
  return one;
}

/** The way out of the gallery leads nowhere: samples answer. */
export function samplesDoor(moment: Moment): Door {
  // Each of those shown is told another of these.
  const told = Object.values(subscriptions);
  let asked = 0;

  const answers: Answers = {
    set_network: () => {
      if (moment === "busy") return ever();
      if (moment === "failed") throw offline();
      return session;
    },
    card: ({ id }) => found(id, details),
    document: ({ id }) => found(id, Object.fromEntries(documents.map((one) => [one.id, one]))),
    other_times: ({ appointment }) => found(appointment, { [NONE]: [], usual: slots }),
    step_times: () => slots,
    calendar: () => entries,
    calendar_link: () => told[asked++ % told.length] ?? { offered: false, link: null },
    calendar_ics: () => ({ name: "vekha.ics", text: "" }),
    path: () => path,
    life: () => life,
    supposable: () => supposable,
    what_if: ({ resident }) => found(resident ?? "", whatIfs),
    me: () => me,
    access: () => looks,
    facts: () => groups,
    answer_offer: () => states.booked,
    answer_step: () => states.done,
  };

  return {
    async call(name, args) {
      const answer = answers[name as CommandName] as ((args: unknown) => unknown) | undefined;
      return answer === undefined ? (sessionQuery.value ?? session) : answer(args);
    },
    listen() {},
  };
}
