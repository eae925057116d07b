/** The path with what would be otherwise in its place: what is, and marks on what would not be so. */
import type { Path, PathRun, PathStep, WhatIf } from "../../rpc/types";
import { stepAt } from "./turns";

/** How a step or a whole run would be otherwise. */
export type Otherwise = "appears" | "moves" | "stops";
export interface Mark {
  kind: Otherwise;
  /** Where one that moves stands now. */
  was: string | null;
  /** What is only pretended has no card to open. */
  card: boolean;
}
export interface Would {
  path: Path;
  steps: Map<string, Mark>;
  begins: Set<string>;
  ends: Set<string>;
  /** The turns that would be taken, each after its run: `run/turn`. */
  turns: Set<string>;
  /** The day it is reckoned for. */
  at: string;
}

export function would(path: Path, found: WhatIf): Would {
  const known = new Map(path.runs.flatMap((run) => run.steps).map((step) => [step.id, step]));
  const steps = new Map<string, Mark>();
  const mark = (kind: Otherwise, id: string, was: string | null): void => {
    steps.set(id, { kind, was, card: known.has(id) });
  };
  for (const { id } of found.appears) mark("appears", id, null);
  for (const { id, opened, was_due } of found.moves) {
    const now = known.get(id);
    mark("moves", id, now === undefined ? (was_due ?? opened) : stepAt(now));
  }
  for (const { id } of found.stops) if (known.has(id)) mark("stops", id, null);

  const others = new Map(found.runs.map((run) => [run.id, run]));
  const runs = path.runs.map((run) => {
    const other = others.get(run.id);
    others.delete(run.id);
    return other === undefined ? run : merged(run, other);
  });
  return {
    path: { ...path, runs: [...runs, ...others.values()] },
    steps,
    begins: new Set(found.begins.map((run) => run.id)),
    ends: new Set(found.ends.map((run) => run.id)),
    turns: new Set(found.runs.flatMap((run) => run.forks.map((fork) => `${run.id}/${fork.fork}`))),
    at: found.now,
  };
}

function merged(run: PathRun, other: PathRun): PathRun {
  const hung = (step: PathStep, now: PathStep | undefined): PathStep =>
    now === undefined ? step : { ...step, fork: step.fork ?? now.fork };
  const now = new Map(run.steps.map((step) => [step.id, step]));
  const steps = new Map(other.steps.map((step) => [step.id, hung(step, now.get(step.id))]));
  const forks = new Map(other.forks.map((fork) => [fork.fork, fork]));
  return {
    ...run,
    state: other.state === "active" ? other.state : run.state,
    steps: [...new Map([...now, ...steps]).values()],
    forks: [...new Map([...run.forks.map((fork) => [fork.fork, fork] as const), ...forks]).values()],
  };
}
