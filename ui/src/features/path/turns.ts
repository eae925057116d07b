import type { ForkView, PathRun, PathStep } from "../../rpc/types";

/** A turn of a situation: one that came, one that may come, or the way that was not needed after all. */
export interface Turn {
  kind: "taken" | "ahead" | "unneeded";
  fork: ForkView | null;
  steps: PathStep[];
  at: string | null;
}

/** Where a step stands in time: its visit, else its last day; what is done stands where it began. */
export const stepAt = (step: PathStep): string | null =>
  step.when ?? (step.state === "done" ? (step.opens ?? step.due) : (step.due ?? step.opens));
export const isBehind = (step: PathStep): boolean => step.state === "done" || step.state === "declined";
export const isUnneeded = (step: PathStep): boolean => step.state === "cancelled";
export const concerns = (step: PathStep): boolean => step.state !== "not_applicable";

/**
 * What of a run lies on its own line, which turns were made, and which may still come. Feared turns are never drawn
 * before they come, and what does not concern this resident (another age, another sex) is no branch of this life.
 */
export function turnsOf(run: PathRun, plain = false): { own: PathStep[]; turns: Turn[]; ahead: ForkView[] } {
  const steps = run.steps.filter(concerns);
  if (plain) return { own: steps, turns: [], ahead: [] };
  const taken = run.forks.filter((fork) => fork.taken === "yes");
  const made = new Set(taken.map((fork) => fork.fork));
  const unneeded = steps.filter(isUnneeded);
  const turns = taken.map((fork): Turn => {
    const of = steps.filter((step) => step.fork === fork.fork && !isUnneeded(step));
    const first = of.map((step) => step.opens ?? stepAt(step)).filter((at) => at !== null);
    return { kind: "taken", fork, steps: of, at: first.sort()[0] ?? run.ended_at ?? run.from };
  });
  if (unneeded.length > 0)
    turns.push({ kind: "unneeded", fork: null, steps: unneeded, at: run.ended_at ?? run.from });
  return {
    own: steps.filter((step) => !isUnneeded(step) && !(step.fork !== null && made.has(step.fork))),
    turns,
    ahead: run.state === "active" ? run.forks.filter((fork) => fork.taken === "unknown" && !fork.feared) : [],
  };
}
