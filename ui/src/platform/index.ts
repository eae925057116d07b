export { asCallError, CallError } from "./door";
import { openDoor } from "./door";

export const call = (name: string, args: unknown = {}): Promise<unknown> => openDoor().call(name, args);
export const listen = (stale: (tags: string[]) => void): void => openDoor().listen(stale);

/** Hands a file to the resident; the desktop shell writes it itself by `save_ics`. */
export function offerFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export { insideTauri } from "./tauri";
