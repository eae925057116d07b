import type { AccessView, CalendarEntry, FactGroup, LifeLine, Me, Path, Text } from "../../rpc/types";
import { wordsOfMarkdown } from "../../shared/markdown/words";
import { plain, wordsOf } from "../../shared/match";
import { screenName } from "../../shared/screen";
import { toCard, toDocument, toPath } from "../../shared/route.svelte";

/** In the order in which they are shown. What a life holds is reckoned longest: it comes last and moves nothing. */
const KINDS = [
  "step",
  "visit",
  "document",
  "fact",
  "inquiry",
  "person",
  "look",
  "consent",
  "page",
  "life",
] as const;
export type Kind = (typeof KINDS)[number];

/** Something that can be found: what it is called, what is said of it, and where it opens. */
export interface Found {
  kind: Kind;
  title: string;
  note: string;
  href: string;
}
/** The same with all that it can be found by, ready to be compared: that is done once and not at each letter typed. */
export interface Entry extends Found {
  body: string;
  name: string;
  text: string;
}
/** How what came with the data is said, how what the app itself says, and how a day. */
export interface Words {
  say: (text: Text | null) => string;
  t: (key: string) => string;
  day: (moment: string) => string;
}
/** All that the device holds. */
export interface Held {
  me: Me;
  access: readonly AccessView[];
  paths: readonly Path[];
  facts: readonly FactGroup[];
  calendar: readonly CalendarEntry[];
}

const join = (...parts: (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== "").join(" · ");

export function entry(kind: Kind, title: string, note: string, href: string, body = ""): Entry {
  const name = plain(title);
  return { kind, title, note, href, body, name, text: `${name} ${plain(note)} ${plain(body)}` };
}

/** Where it is, what it is called, and by what else somebody may look for it. */
const PAGES: readonly (readonly [place: string, key: string, ...also: string[]])[] = [
  ["today", "tab-today"],
  ["path", "tab-path"],
  ["path", "what-if-title", "what-if-note"],
  ["calendar", "tab-calendar"],
  ["calendar", "subscription-title", "subscription-about"],
  ["calendar", "calendar-export", "calendar-note"],
  ["me/facts", "me-facts"],
  ["me/family", "me-family"],
  ["me/documents", "me-documents"],
  ["me/inquiries", "me-inquiries"],
  ["me/consents", "me-consents"],
  ["me/access", "me-access"],
  ["me/settings", "me-settings"],
  ["me/settings/language", "setting-language", "language-ru", "language-en"],
  ["me/settings/theme", "setting-theme", "theme-system", "theme-light", "theme-dark", "theme-contrast"],
  ["me/settings/notifications", "setting-notifications", "setting-notifications-note"],
  ["me/settings/quiet", "setting-quiet"],
  ["me/settings/news", "setting-news", "setting-news-note", "news-call", "news-visit", "news-app"],
  ["me/settings/offline", "setting-offline", "setting-offline-note"],
  ["me/settings/sync", "sync-now"],
  ["me/settings/sync", "sign-out"],
  ["me/settings/export", "export", "export-note"],
  ["me/settings/erase", "erase", "erase-note"],
];

/** Whose it is where it is not the resident's own plan; a step of that one may be about a child, and its card says so. */
const nameIn =
  (me: Me) =>
  (id: string): string =>
    id === me.resident.id ? "" : (me.residents.find((it) => it.id === id)?.name ?? "");

/** The days of the lives, as far as they were reckoned. */
export function milestones(me: Me, lives: readonly LifeLine[], { say, t, day }: Words): Entry[] {
  const whose = nameIn(me);
  return lives.flatMap((line) =>
    line.milestones.map((it) =>
      entry(
        "life",
        say(it.title),
        join(day(it.at), it.expected ? t("path-expected") : "", whose(line.resident)),
        toPath(line.resident),
      ),
    ),
  );
}

/** All else that the device holds of its residents, in the words of the screens. */
export function everything({ me, access, paths, facts, calendar }: Held, { say, t, day }: Words): Entry[] {
  const whose = nameIn(me);
  const steps = paths.flatMap((path) =>
    path.runs.flatMap((run) =>
      run.steps
        .filter((step) => step.state !== "not_applicable")
        .map((step) =>
          entry("step", say(step.title), join(say(run.title), whose(path.resident.id)), toCard(step.id)),
        ),
    ),
  );
  const visits = calendar
    .filter((it) => it.kind === "appointment")
    .map((it) =>
      entry(
        "visit",
        say(it.title),
        join(day(it.start), say(it.place), say(it.practitioner), whose(it.whose.id)),
        it.card === null ? "#/calendar" : toCard(it.card),
        join(say(it.address), say(it.way), say(it.preparation)),
      ),
    );
  const documents = me.documents.map((it) =>
    entry(
      "document",
      say(it.title),
      join(say(it.issuer), whose(it.whose.id)),
      toDocument(it.id),
      wordsOfMarkdown(say(it.body)).normalize(),
    ),
  );
  const records = facts.flatMap((group) =>
    group.facts.map((it) =>
      entry(
        "fact",
        join(say(it.title), say(it.value)),
        join(say(it.source), whose(it.subject)),
        `#/me/facts/${encodeURIComponent(it.id)}`,
      ),
    ),
  );
  const inquiries = me.inquiries.map((it) =>
    entry(
      "inquiry",
      it.text,
      join(say(it.title) || screenName(it.about), it.answer?.text ?? ""),
      `#/me/inquiries/${encodeURIComponent(it.id)}`,
      say(it.answer?.by ?? null),
    ),
  );
  const people = me.residents.map((it) =>
    entry("person", it.name, t(`relation-${it.relation}`), toPath(it.id)),
  );
  const looks = access.map((it) =>
    entry("look", say(it.who), join(say(it.purpose), say(it.fact)), "#/me/access"),
  );
  const consents = me.consents.map((it) =>
    entry(
      "consent",
      join(t(`domain-${it.domain}`), whose(it.subject)),
      say(it.purpose),
      `#/me/consents/${encodeURIComponent(it.id)}`,
      say(it.recipient),
    ),
  );
  const pages = PAGES.map(([place, key, ...also]) =>
    entry(
      "page",
      t(key),
      place.startsWith("me/settings/") ? t("me-settings") : "",
      `#/${place}`,
      also.map(t).join(" "),
    ),
  );
  return [
    ...steps,
    ...visits,
    ...documents,
    ...records,
    ...inquiries,
    ...people,
    ...looks,
    ...consents,
    ...pages,
  ];
}

/** What was found of one kind. */
export interface Group {
  kind: Kind;
  found: Found[];
}

/**
 * What has every word, wherever it stands, by its kind. What has them in its name comes first, in a kind and among the kinds;
 * a step with a visit is shown as the visit, which says more.
 */
export function find(all: readonly Entry[], asked: string): Group[] {
  const words = wordsOf(asked);
  if (words.length === 0) return [];
  const named = ({ name }: Entry): boolean => words.every((word) => name.includes(word));
  const found = all.filter(({ text }) => words.every((word) => text.includes(word)));
  const visited = new Set(found.filter(({ kind }) => kind === "visit").map(({ href }) => href));
  const seen = new Set<string>();
  const groups = KINDS.map((kind) => {
    const of = found.filter((one) => one.kind === kind && !(kind === "step" && visited.has(one.href)));
    const byName = of.filter(named);
    const rest = of.filter((one) => !byName.includes(one));
    const shown = [...byName, ...rest.map((one) => aroundWords(one, words))].filter(({ title, note }) => {
      const key = `${kind} ${title} ${note}`;
      return !seen.has(key) && seen.add(key);
    });
    return { kind, found: shown, named: byName.length > 0 };
  }).filter((group) => group.found.length > 0);
  const rank = ({ kind, named }: (typeof groups)[number]): number => (kind === "life" ? 2 : named ? 0 : 1);
  return groups.sort((a, b) => rank(a) - rank(b)).map(({ kind, found }) => ({ kind, found }));
}

const BEFORE = 30;
const AFTER = 70;

/** What is only in the text of a document is shown with the words around it. */
function aroundWords(one: Entry, words: readonly string[]): Entry {
  const missing = words.find((word) => !plain(`${one.title} ${one.note}`).includes(word));
  if (one.kind !== "document" || missing === undefined) return one;
  const at = plain(one.body).indexOf(missing);
  const start = one.body.lastIndexOf(" ", Math.max(0, at - BEFORE)) + 1;
  const end = one.body.indexOf(" ", at + missing.length + AFTER);
  const cut = one.body.slice(start, end < 0 ? undefined : end);
  return { ...one, note: `${start > 0 ? "…" : ""}${cut}${end < 0 ? "" : "…"}` };
}
