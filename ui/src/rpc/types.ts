export interface Text {
  ru: string;
  en: string;
}
export type Language = "ru" | "en";
export type Truth = "yes" | "no" | "unknown";
export type Reach = "off" | "suggest" | "arrange" | "act";
export type StepState =
  | "upcoming"
  | "open"
  | "due_soon"
  | "overdue"
  | "held"
  | "booked"
  | "done"
  | "declined"
  | "cancelled"
  | "not_applicable"
  | "unknown";
export type SituationState = "active" | "ended" | "suppressed" | "unknown" | "not_started";

export interface Resident {
  id: string;
  name: string;
  birth_date?: string | null;
  sex?: "female" | "male" | null;
  relation: "myself" | "child" | "parent" | "ward";
}
export interface CityCard {
  id: string;
  name: Text;
  address: string;
  demo: boolean;
  help?: Text | null;
}
export interface Problem {
  code: string;
  message: Text;
}
export interface Session {
  state: "no_city" | "signed_out" | "signing_in" | "consents" | "ready" | "locked";
  city: CityCard | null;
  resident: Resident | null;
  residents: Resident[];
  language: Language;
  theme: "system" | "light" | "dark";
  offline: boolean;
  as_of: string | null;
  syncing: { done: number; total: number | null } | null;
  waiting: number;
  now: string;
  problem: Problem | null;
  sign_in_url?: string | null;
}
export interface Card {
  id: string;
  kind: "offer" | "step" | "appointment" | "document" | "notice";
  title: Text;
  whose: Resident;
  state: StepState;
  when: string | null;
  until: string | null;
  place: Text | null;
  address: Text | null;
  practitioner: string | null;
  service: Text;
  held_until: string | null;
  appointment: string | null;
  pending: "waiting" | "refused" | null;
  refused: Text | null;
  undo_until: string | null;
  law: string | null;
  deadline: "state" | "duty" | "right" | "rec" | "window";
  action: string;
  note: Text | null;
  human: boolean;
  confidence: "high" | "medium" | "low";
  late_days: number | null;
  holder: Text | null;
}
export interface Notice {
  id: string;
  title: Text;
  body: Text | null;
  at: string | null;
}
export interface Missing {
  kind: string;
  field: string | null;
}
export interface Question {
  subject: string;
  missing: Missing;
  text: Text;
  settles: string[];
}
export interface Today {
  as_of: string | null;
  offers: Card[];
  next: Card[];
  done_by_city: Card[];
  late: Card[];
  waiting: Card[];
  calm: Card | null;
  notices: Notice[];
  questions: Question[];
}
export interface Criterion {
  text: Text;
  truth: Truth;
  facts: string[];
  expression: string;
}
export interface FactView {
  id: string;
  title: Text;
  value: Text;
  at: string;
  source: Text;
  status: string;
  private: boolean;
  disputed: boolean;
}
export interface DocumentView {
  id: string;
  title: Text;
  body: Text;
  issued: string;
  issuer: Text;
  signed_by: string | null;
  whose: Resident;
}
export interface ForkView {
  fork: string;
  text: Text;
  does: Text;
  taken: Truth;
  feared: boolean;
  human: boolean;
}
export interface CardDetail {
  card: Card;
  why: Criterion[];
  why_not: Criterion[];
  facts: FactView[];
  missing: Question[];
  law: string | null;
  checked: string | null;
  material: { title: Text; body: Text } | null;
  documents: DocumentView[];
  consents: string[];
  forks_ahead: ForkView[];
}
export interface Slot {
  id: string;
  start: string;
  end: string;
  place: { name: Text; address: Text; phone: string | null } | null;
  practitioner: string | null;
}
export interface PathStep {
  id: string;
  title: Text;
  state: StepState;
  opens: string | null;
  due: string | null;
  fork: string | null;
}
export interface PathRun {
  id: string;
  title: Text;
  state: SituationState;
  from: string;
  to: string | null;
  ended_at: string | null;
  steps: PathStep[];
  forks: ForkView[];
}
export interface Path {
  resident: Resident;
  born: string | null;
  now: string;
  runs: PathRun[];
}
export interface CalendarEntry {
  id: string;
  title: Text;
  kind: "appointment" | "window" | "deadline";
  start: string;
  end: string | null;
  all_day: boolean;
  whose: Resident;
  place: Text | null;
  state: StepState;
  pending: "waiting" | "refused" | null;
}
export interface FactGroup {
  domain: string;
  title: Text;
  facts: FactView[];
}
export interface ConsentView {
  id: string;
  subject: string;
  domain: string;
  class: string;
  recipient: Text;
  purpose: Text;
  given: boolean;
  reach: Reach;
  at: string | null;
}
export interface AccessView {
  id: string;
  who: Text;
  fact: Text | null;
  purpose: Text;
  at: string;
}
export interface Settings {
  language: Language;
  theme: "system" | "light" | "dark";
  notifications: boolean;
  news: "call" | "visit" | "app";
  quiet_from: string;
  quiet_to: string;
  offline: boolean;
}
export interface Me {
  resident: Resident;
  residents: Resident[];
  facts: FactGroup[];
  consents: ConsentView[];
  access: AccessView[];
  documents: DocumentView[];
  settings: Settings;
  city: CityCard;
}
