import type { FactGroup, Me, Path, Text } from "../../rpc/types";
import { matcher } from "../../shared/match";
import { toCard, toDocument } from "../../shared/route.svelte";

/** Something that can be found: what it is called, what is said of it, and where it opens. */
export interface Found {
  kind: "step" | "document" | "fact" | "inquiry" | "look" | "consent" | "setting" | "person";
  title: string;
  note: string;
  href: string;
}
/** How what came with the data is said, and how what the app itself says. */
export interface Words {
  say: (text: Text | null) => string;
  t: (key: string) => string;
}

// strings: setting-*
const SETTINGS = ["language", "theme", "notifications", "quiet", "news", "offline"].map(
  (name) => `setting-${name}`,
);
const DEEDS = ["sync-now", "sign-out", "export", "erase"];

/** All that the device holds of its residents, in the words of the screens. */
export function everything(
  me: Me,
  paths: readonly Path[],
  known: readonly FactGroup[],
  { say, t }: Words,
): Found[] {
  // Whose it is where it is not the resident's own plan; a step of that one may be about a child, and its card says so.
  const whose = (id: string): string =>
    id === me.resident.id ? "" : (me.residents.find((it) => it.id === id)?.name ?? "");
  const steps = paths.flatMap((path) =>
    path.runs.flatMap((run) =>
      run.steps
        .filter((step) => step.state !== "not_applicable")
        .map((step) => ({
          kind: "step" as const,
          title: say(step.title),
          note: join(say(run.title), whose(path.resident.id)),
          href: toCard(step.id),
        })),
    ),
  );
  return [
    ...steps,
    ...me.documents.map((it) => ({
      kind: "document" as const,
      title: say(it.title),
      note: say(it.issuer),
      href: toDocument(it.id),
    })),
    ...known.flatMap((group) =>
      group.facts.map((it) => ({
        kind: "fact" as const,
        title: join(say(it.title), say(it.value)),
        note: join(say(it.source), whose(it.subject)),
        href: `#/me/facts/${encodeURIComponent(it.id)}`,
      })),
    ),
    ...me.inquiries.map((it) => ({
      kind: "inquiry" as const,
      title: it.text,
      note: it.answer?.text ?? "",
      href: "#/me/inquiries",
    })),
    ...me.access.map((it) => ({
      kind: "look" as const,
      title: say(it.who),
      note: say(it.purpose),
      href: "#/me/access",
    })),
    ...me.consents.map((it) => ({
      kind: "consent" as const,
      title: join(t(`domain-${it.domain}`), whose(it.subject)),
      note: join(t("me-consents"), say(it.purpose)),
      href: `#/me/consents/${encodeURIComponent(it.id)}`,
    })),
    ...me.residents.map((it) => ({
      kind: "person" as const,
      title: it.name,
      note: t(`relation-${it.relation}`),
      href: "#/me/family",
    })),
    ...[...SETTINGS, ...DEEDS].map((key) => ({
      kind: "setting" as const,
      title: t(key),
      note: t("me-settings"),
      href: "#/me/settings",
    })),
  ];
}

const join = (...parts: string[]): string => parts.filter((part) => part !== "").join(" · ");

/** What has every word, wherever it stands; what has them in its name comes first. */
export function find(all: readonly Found[], asked: string): Found[] {
  const has = matcher(asked);
  const found = all.filter((one) => has(`${one.title} ${one.note}`));
  const seen = new Set<string>();
  return [...found.filter((one) => has(one.title)), ...found.filter((one) => !has(one.title))].filter(
    ({ kind, title, note }) => {
      const key = `${kind} ${title} ${note}`;
      return !seen.has(key) && seen.add(key);
    },
  );
}
