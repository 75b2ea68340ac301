import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Plan } from '../../plan/plan.ts';
import type { RuntimeEvent } from './event.ts';
import type { SystemStatus } from './status.ts';

export interface SuperviseOptions {
  plan: Plan;
  /** Absolute folder of the model. */
  root: string;
  /** `development` by default. */
  mode?: 'development' | 'production';
  /** Said in `status`; the process itself is put in the background by `startDetached`. */
  detached?: boolean;
  /** False switches the watching of sources off. */
  reload?: boolean;
  /** Only these workloads and whatever they need; all when left out or empty. */
  only?: string[];
  /** Every event, in order. Must not throw. */
  onEvent(event: RuntimeEvent): void;
}

export interface Supervisor {
  status(): SystemStatus;
  /** Resolves the first time that nothing is on its way any more: everything ready, or something stuck. */
  settled: Promise<'ready' | 'degraded'>;
  /**
   * Stops and starts these, with their `before` commands; all when empty. Resolves when each is ready or has failed.
   * @throws Failure for a name that is not there.
   */
  restart(names: readonly string[]): Promise<void>;
  /** Carries a changed plan over: only what it touches is restarted. Returns what the user must know. */
  apply(plan: Plan): Promise<Diagnostic[]>;
  /** Stops everything, dependents first. `now` skips asking: SIGKILL at once. May be called again to hurry. */
  stop(options?: { now?: boolean }): Promise<void>;
  /** Resolves when the last process is gone and the record is removed, whoever asked for the stop. */
  done: Promise<void>;
}

/**
 * Starts the supervision of a system and returns as soon as the start is under way; watch the events for the rest.
 * @throws Failure when the system already runs (the diagnostic names the process), a secret is missing, …
 */
export async function superviseSystem(_options: SuperviseOptions): Promise<Supervisor> {
  throw new Error('under construction');
}
