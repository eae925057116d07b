import type { Card, FactView } from "../rpc/types";

/** At most one dialog at a time. */
type Open =
  | { kind: "help"; about: string | null; title: string | null }
  | { kind: "times"; card: Card }
  | { kind: "dispute"; fact: FactView }
  | { kind: "erase" }
  | null;

let open = $state.raw<Open>(null);

export const dialog = (): Open => open;
export const askHuman = (about: string | null = null, title: string | null = null): void => {
  open = { kind: "help", about, title };
};
export const chooseTime = (card: Card): void => {
  open = { kind: "times", card };
};
export const dispute = (fact: FactView): void => {
  open = { kind: "dispute", fact };
};
export const askErase = (): void => {
  open = { kind: "erase" };
};
export const closeDialog = (): void => {
  open = null;
};
