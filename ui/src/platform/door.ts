import { openHost } from "./host";
import { insideTauri, openTauri } from "./tauri";

/** What a refused call says; `message` is written for the resident in both languages. */
export class CallError extends Error {
  constructor(
    readonly code: string,
    readonly words: { ru: string; en: string } | null,
  ) {
    super(code);
  }
}

/** The one way out of the UI: a command by name, and a wake-up when something went stale. */
export interface Door {
  call(name: string, args: unknown): Promise<unknown>;
  listen(stale: (tags: string[]) => void): void;
}

/** Turns whatever came back as an error into words, never into a crash. */
export function asCallError(cause: unknown): CallError {
  if (cause instanceof CallError) return cause;
  if (typeof cause === "object" && cause !== null && "code" in cause) {
    const { code, message } = cause as { code: unknown; message?: unknown };
    const words =
      typeof message === "object" && message !== null && "ru" in message
        ? (message as { ru: string; en: string })
        : null;
    return new CallError(String(code), words);
  }
  return new CallError("unreachable", null);
}

let door: Door | undefined;

/** Another way out than the app's own: the gallery answers from samples. */
export function useDoor(other: Door): void {
  door = other;
}

export function openDoor(): Door {
  door ??= insideTauri() ? openTauri() : openHost();
  return door;
}
