import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { sessionQuery } from "../shared/session.svelte";
import type { Language, Text } from "../rpc/types";

const files = import.meta.glob<string>("./{ru,en}/*.ftl", { query: "?raw", import: "default", eager: true });

function bundle(language: Language): FluentBundle {
  const made = new FluentBundle(language, { useIsolating: false });
  for (const [path, text] of Object.entries(files))
    if (path.startsWith(`./${language}/`)) made.addResource(new FluentResource(text));
  return made;
}

/** Read when the first word of a language is said: reading both would be seen at the start. */
const bundles = new Map<Language, FluentBundle>();

function bundleOf(language: Language): FluentBundle {
  const made = bundles.get(language) ?? bundle(language);
  bundles.set(language, made);
  return made;
}

/** Chosen on the first screen, before there is a session to keep it. */
let chosen = $state<Language | undefined>();

export function chooseLanguage(language: Language): void {
  chosen = language;
}

export function language(): Language {
  return chosen ?? sessionQuery.value?.language ?? likely();
}

const LAST = "language";

/** Until the session says which: the last one on this device, or what the device itself speaks. */
function likely(): Language {
  const last = localStorage.getItem(LAST) ?? navigator.language;
  return last.startsWith("ru") ? "ru" : "en";
}

export function remember(language: Language): void {
  localStorage.setItem(LAST, language);
}

export function settleLanguage(): void {
  chosen = undefined;
}

/** The words of one key in the resident's language. */
export function t(key: string, args: Record<string, FluentVariable> = {}): string {
  for (const tongue of [language(), "ru"] as const) {
    const all = bundleOf(tongue);
    const pattern = all.getMessage(key)?.value;
    if (pattern !== undefined && pattern !== null) return all.formatPattern(pattern, args);
  }
  return key;
}

/** Words that came with the data: Russian where a translation is missing. */
export function say(text: Text | null | undefined): string {
  if (text === null || text === undefined) return "";
  const words = language() === "en" && text.en !== "" ? text.en : text.ru;
  // A number never leaves its sign behind at the end of a line.
  return words.replace(/№ (?=\d)/g, "№\u00a0");
}
