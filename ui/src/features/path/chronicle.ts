/** All that the picture draws of one life without a step of its own: its days, and what the calendar of a life lays down. */
import type { Text } from "../../rpc/types";
import { DAY, type Story } from "./story";

export interface Entry {
  at: number;
  /** The last day, where one is known. */
  to: number | null;
  /** A stretch of time; else a day. */
  lasts: boolean;
  title: Text;
  /** It is still to come, and no fact says so. */
  expected: boolean;
}

/** A day on which a stretch begins is told with the stretch. */
export function chronicle({ milestones, strands, whole, now }: Story): Entry[] {
  const stretches = strands
    .filter((strand) => strand.laidDown)
    .map((strand): Entry & { key: string } => ({
      key: strand.key,
      at: strand.from,
      to: strand.to >= whole.to ? null : strand.to - DAY,
      lasts: true,
      title: strand.title,
      expected: strand.expected && strand.from > now,
    }));
  const begun = new Set(stretches.map((one) => one.key));
  const days = milestones
    .filter((one) => one.run === null || !begun.has(one.run))
    .map((one): Entry => {
      const expected = one.expected && one.at > now;
      return { at: one.at, to: null, lasts: false, title: one.title, expected };
    });
  return [...days, ...stretches].sort((a, b) => a.at - b.at);
}
