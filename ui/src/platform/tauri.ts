import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { asCallError, type Door } from "./door";

export const insideTauri = (): boolean => "__TAURI_INTERNALS__" in window;

export function openTauri(): Door {
  return {
    async call(name, args) {
      try {
        return await invoke("command", { name, args });
      } catch (cause) {
        throw asCallError(cause);
      }
    },
    listen(stale) {
      void listen<{ tags?: string[] }>("stale", ({ payload }) => stale(payload.tags ?? []));
      void listen<{ hash?: string }>("open", ({ payload }) => {
        if (payload.hash?.startsWith("#/")) location.hash = payload.hash;
      });
    },
  };
}
