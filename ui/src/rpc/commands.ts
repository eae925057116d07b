import { call } from "../platform";
import type {
  CalendarEntry,
  Card,
  CardDetail,
  DocumentView,
  Me,
  Missing,
  Path,
  Reach,
  Session,
  Settings,
  Slot,
  Today,
} from "./types";

type None = Record<string, never>;
type StepAnswer = "done" | "have_it" | "declined";

/** Every command the UI calls: what it takes and what it gives. */
export interface Commands {
  session: [None, Session];
  connect_city: [{ address: string }, Session];
  sign_in: [{ login_hint?: string }, Session];
  sign_out: [None, Session];
  sync: [None, Session];
  set_network: [{ offline: boolean }, Session];
  unlock: [{ passphrase: string }, Session];
  today: [None, Today];
  card: [{ id: string }, CardDetail];
  answer_offer: [
    { appointment: string; answer: "accept" | "change" | "decline"; slot?: string; reason?: string },
    Card,
  ];
  undo: [{ appointment: string }, Card];
  other_times: [{ appointment: string }, Slot[]];
  answer_step: [{ id: string; answer: StepAnswer }, Card];
  answer_question: [{ missing: Missing; value: unknown; private: boolean }, unknown];
  end_situation: [{ id: string }, unknown];
  path: [{ resident?: string }, Path];
  calendar: [{ from?: string; to?: string }, CalendarEntry[]];
  calendar_ics: [{ id?: string }, { name: string; ics: string }];
  save_ics: [{ id?: string }, { path: string }];
  me: [None, Me];
  set_consent: [{ id: string; reach: Reach; given: boolean }, unknown];
  dispute_fact: [{ id: string; text: string }, unknown];
  ask_human: [{ text: string; about?: string }, unknown];
  set_setting: [Partial<Omit<Settings, "offline">>, Session];
  document: [{ id: string }, DocumentView];
  erase: [None, unknown];
}

export type CommandName = keyof Commands;

export async function run<N extends CommandName>(name: N, args: Commands[N][0]): Promise<Commands[N][1]> {
  return (await call(name, args)) as Commands[N][1];
}
