import { runtimeUnexpected } from '../../diagnostics/catalogue/runtime.ts';
import { type Diagnostic, Failure } from '../../diagnostics/diagnostic.ts';
import type { ManagedProcess } from './managed-process.ts';
import type { RunContext } from './run-context.ts';
import type { ProcessState, ProcessStatus } from './status.ts';

/** One workload or backing service of a run: what it is doing, and the way to make it do something else. */
export interface Unit {
  name: string;
  kind: ProcessStatus['kind'];
  status: ProcessStatus;
  /** The service itself, while it runs. */
  process?: ManagedProcess;
  /** Whether it was ready at least once since it was last started by `start`. */
  wasReady: boolean;
  /** Changes the status and tells everybody. Details of the former state are dropped. */
  set(state: ProcessState, change?: Partial<ProcessStatus>): void;
  /** Begins its life; does nothing while it lives. @param manual somebody asked for just this unit */
  start(manual?: boolean): void;
  /** Ends its life; resolves when nothing of it is left. @param timeout milliseconds until SIGKILL */
  stop(timeout?: number): Promise<void>;
  /** Gives back what it holds outside of its life: no change of a source starts it any more. */
  dispose(): Promise<void>;
}

/** How a kind of unit lives: from waiting for others to the end. Ends by itself, or by the signal's abort. */
export interface Life {
  live(unit: Unit, signal: AbortSignal, manual: boolean): Promise<void>;
  dispose?(): Promise<void>;
}

/** Makes a unit that is not started yet. */
export function createUnit(context: RunContext, name: string, kind: ProcessStatus['kind'], life: Life): Unit {
  let controller: AbortController | undefined;
  let task = Promise.resolve();
  const unit: Unit = {
    name,
    kind,
    status: { name, kind, state: 'waiting', addresses: {}, restarts: 0, since: Date.now() },
    wasReady: false,
    set(state, change = {}) {
      const { detail: _detail, pid: _pid, ...lasting } = unit.status;
      const since = state === unit.status.state ? unit.status.since : Date.now();
      unit.status = { ...lasting, pid: unit.process?.pid, ...change, state, since };
      if (unit.status.detail) unit.status.detail = context.mask.apply(unit.status.detail);
      if (state === 'ready' || state === 'completed') unit.wasReady = true;
      context.emit({ type: 'status', at: Date.now(), process: unit.status });
      context.changed();
    },
    start(manual = false) {
      if (context.stopping || (controller && !controller.signal.aborted)) return;
      controller = new AbortController();
      const { signal } = controller;
      unit.wasReady = false;
      // At once, for one that still counts as stopped would pass for stuck.
      if (unit.status.state !== 'waiting') unit.set('waiting');
      const former = task;
      task = former
        .then(() => life.live(unit, signal, manual))
        .catch(async (error: unknown) => {
          await unit.process?.stop();
          unit.process = undefined;
          if (signal.aborted) return;
          const diagnostics = failureDiagnostics(name, error);
          for (const diagnostic of diagnostics) context.emit({ type: 'diagnostic', at: Date.now(), name, diagnostic });
          unit.set('failed', { detail: diagnostics[0]?.message });
        })
        .finally(() => {
          // Ended by itself: a later `start` begins anew.
          if (controller?.signal === signal) controller = undefined;
        });
    },
    async stop(timeout) {
      const ending = task;
      controller?.abort();
      if (unit.process) {
        unit.set('stopping');
        await unit.process.stop(timeout);
      }
      await ending;
      // Begun anew by somebody else who waited for the same end.
      if (controller && !controller.signal.aborted) return;
      unit.process = undefined;
      unit.set('stopped');
    },
    async dispose() {
      await life.dispose?.();
    },
  };
  return unit;
}

/** Ends a unit's life and begins it anew. */
export async function restartUnit(unit: Unit): Promise<void> {
  await unit.stop();
  unit.start(true);
}

/** What a failure says to the user, also one that nobody foresaw. */
export const failureDiagnostics = (name: string, error: unknown): Diagnostic[] =>
  error instanceof Failure ? error.diagnostics : [runtimeUnexpected(name, (error as Error)?.message ?? String(error))];

/** What one unit waits for at another. */
export type Milestone = 'started' | 'ready';

const reached: Record<Milestone, readonly ProcessState[]> = {
  started: ['starting', 'ready', 'unready', 'reloading', 'completed'],
  ready: ['ready', 'unready', 'reloading', 'completed'],
};

/** Whether a unit has come that far. One that was ready and is not for the moment has. */
export const hasReached = (unit: Unit, milestone: Milestone): boolean =>
  reached[milestone].includes(unit.status.state) && (milestone === 'started' || unit.wasReady);

/** Resolves when the condition holds; looked at whenever anything changes. @throws the reason of the signal */
export function until(context: RunContext, signal: AbortSignal, condition: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      forget();
      signal.removeEventListener('abort', abort);
      act();
    };
    const abort = () => settle(() => reject(signal.reason));
    const look = () => condition() && settle(resolve);
    const forget = context.onChange(look);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    else look();
  });
}
