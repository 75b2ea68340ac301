import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Recipe } from '../../languages/language.ts';
import type { Workload } from '../../plan/plan.ts';
import type { SourceWatch } from './reload.ts';
import type { RunContext } from './run-context.ts';
import type { Unit } from './unit.ts';

/** What is known about a workload between its lives, and what its parts tell each other. */
export interface WorkloadState {
  context: RunContext;
  name: string;
  unit: Unit;
  /** `idle` between lives; `running` from its `before` commands on. */
  phase: 'idle' | 'preparing' | 'running';
  /** A new build waits to take the place of what runs; `before` says whether its commands run again. */
  swap?: { before: boolean };
  /** A source changed while the first preparation was under way. */
  changedMeanwhile: boolean;
  /** See `digestOfBefore`; of the last time that they ran. */
  beforeDigest: string;
  recipe?: Recipe;
  sources?: SourceWatch;
  /** When the process was last started, milliseconds since the epoch. */
  startedAt: number;
  /** How many starts in a row changed a watched file, by its path; see own-writes.ts. */
  ownWrites: Map<string, number>;
  /** Ends the build of a change that a later one overtakes. */
  building?: AbortController;
}

/** One life of a workload, from its start to its stop. */
export interface WorkloadLife {
  state: WorkloadState;
  context: RunContext;
  unit: Unit;
  workload: Workload;
  recipe: Recipe;
  signal: AbortSignal;
}

/** The workload as the present plan has it. */
export function workloadOf({ context, name }: Pick<WorkloadState, 'context' | 'name'>): Workload {
  const workload = context.plan.workloads[name];
  if (!workload) throw new Error(`${name} is not in the plan`);
  return workload;
}

/** Tells the user something about a workload. */
export const tell = ({ context, name }: Pick<WorkloadState, 'context' | 'name'>, diagnostic: Diagnostic): void =>
  context.emit({ type: 'diagnostic', at: Date.now(), name, diagnostic });
