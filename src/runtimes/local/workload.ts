import { setTimeout as sleep } from 'node:timers/promises';
import {
  runtimeCannotStart,
  runtimeCrashed,
  runtimeJobFailed,
  runtimeNotLive,
  runtimeNotReady,
} from '../../diagnostics/catalogue/runtime.ts';
import { type Diagnostic, Failure } from '../../diagnostics/diagnostic.ts';
import type { Exit } from '../../host/process-group.ts';
import type { Recipe } from '../../languages/language.ts';
import { workloadUrl } from '../../plan/addresses.ts';
import type { Workload } from '../../plan/plan.ts';
import { backoffAfter } from './backoff.ts';
import { digestOfBefore, runBefore, touchesBefore } from './before.ts';
import { backingIn } from './environment.ts';
import { checksOf, followHealth } from './health.ts';
import { exitText, type ManagedProcess, startManaged } from './managed-process.ts';
import { portKey } from './ports.ts';
import { type Change, type SourceWatch, watchSources } from './reload.ts';
import type { RunContext } from './run-context.ts';
import { nextRun } from './schedule.ts';
import { createUnit, failureDiagnostics, hasReached, type Unit, until } from './unit.ts';
import { detectWorkload, folderOf, prepareWorkload, workloadEnvironment } from './workload-recipe.ts';

/** Milliseconds between the question to end and SIGKILL: at a stop, and at a reload, where somebody waits for the new one. */
const stopTimeout = 5_000;
const reloadStopTimeout = 2_000;

/** What ended the watch over a running process. */
type Outcome = { kind: 'exit'; exit: Exit } | { kind: 'swap'; before: boolean } | { kind: 'dead'; problem: string };

/** Makes the unit of a workload. What it runs is read from the context's plan at each start. */
export function createWorkload(context: RunContext, name: string): Unit {
  let sources: SourceWatch | undefined;
  let building: AbortController | undefined;
  /** A new build waits to take the place of what runs; `before` says whether its commands run again. */
  let swap: { before: boolean } | undefined;
  let phase: 'idle' | 'preparing' | 'running' = 'idle';
  /** A source changed while the first preparation was under way. */
  let changedMeanwhile = false;
  let beforeDigest = '';
  let recipe: Recipe | undefined;

  const workloadNow = (): Workload => {
    const workload = context.plan.workloads[name];
    if (!workload) throw new Error(`${name} is not in the plan`);
    return workload;
  };
  const tell = (diagnostic: Diagnostic) => context.emit({ type: 'diagnostic', at: Date.now(), name, diagnostic });

  const unit = createUnit(context, name, 'workload', {
    async live(self, signal, manual) {
      phase = 'preparing';
      try {
        const workload = workloadNow();
        const detection = await detectWorkload(context, workload);
        if (Array.isArray(detection)) throw new Failure(detection);
        recipe = detection.recipe;
        await watchAnew(workload, recipe);
        const prepared = prepare(self, recipe, signal);
        // Looked at only after the connections are ready: a failure meanwhile must not count as unhandled.
        prepared.catch(() => {});
        await Promise.race([awaitOthers(self, workload, signal), failureOf(prepared)]);
        await prepared;
        signal.throwIfAborted();
        swap = undefined;
        phase = 'running';
        if (workload.kind === 'cron') return await liveBySchedule(self, workload, recipe, signal, manual);
        await startBefore(self, workload, recipe, signal);
        if (workload.kind === 'job') return await runToEnd(self, workload, recipe, signal);
        return await keepRunning(self, workload, recipe, signal);
      } finally {
        phase = 'idle';
      }
    },
    async dispose() {
      building?.abort();
      await sources?.close();
      sources = undefined;
    },
  });
  return unit;

  async function watchAnew(workload: Workload, made: Recipe): Promise<void> {
    await sources?.close();
    const folder = folderOf(context.root, workload);
    sources = context.reload ? watchSources(workload, made, folder, (change) => void onChange(change)) : undefined;
  }

  async function prepare(self: Unit, made: Recipe, signal: AbortSignal): Promise<void> {
    do {
      changedMeanwhile = false;
      await prepareWorkload(context, name, made, { signal, onStep: (detail) => self.set('preparing', { detail }) });
    } while (changedMeanwhile);
    if (self.status.state === 'preparing') self.set('waiting', { detail: waitingText(workloadNow()) });
  }

  /** Waits for what the plan says, and for the addresses that its variables mention. */
  async function awaitOthers(self: Unit, workload: Workload, signal: AbortSignal): Promise<void> {
    if (self.status.state !== 'preparing') self.set('waiting', { detail: waitingText(workload) });
    await until(context, signal, () => missing(workload).length === 0);
  }

  function missing(workload: Workload): string[] {
    const waits = Object.entries(workload.waits).filter(([other, milestone]) => {
      const needed = context.units.get(other);
      return needed !== undefined && !hasReached(needed, milestone);
    });
    const addressless = Object.values(workload.environment)
      .flatMap(backingIn)
      .filter((other) => !context.addresses.attributes.has(other));
    return [...new Set([...waits.map(([other]) => other), ...addressless])];
  }

  function waitingText(workload: Workload): string | undefined {
    const others = missing(workload);
    return others.length > 0 ? `waits for ${others.join(', ')}` : undefined;
  }

  async function startBefore(self: Unit, workload: Workload, made: Recipe, signal: AbortSignal): Promise<void> {
    if (workload.before.length === 0) return;
    self.set('preparing', { detail: `before: ${workload.before.map((argv) => argv.join(' ')).join(', ')}` });
    const environment = workloadEnvironment(context, workload, made).task;
    const cwd = folderOf(context.root, workload);
    await runBefore(context, { name, commands: workload.before, cwd, environment, signal });
    beforeDigest = await digestOfBefore(workload.before, cwd);
  }

  async function startService(
    self: Unit,
    workload: Workload,
    made: Recipe,
    signal: AbortSignal,
  ): Promise<ManagedProcess> {
    const { run, service } = workloadEnvironment(context, workload, made);
    const options = { name, role: 'service' as const, argv: run.argv, cwd: run.cwd, environment: service, stopTimeout };
    const started = await startManaged(context, options).catch((error: Error) => {
      throw new Failure([runtimeCannotStart(name, run.argv, error.message)]);
    });
    self.process = started;
    self.set('starting', { addresses: addressesOf(workload) });
    signal.throwIfAborted();
    return started;
  }

  function addressesOf(workload: Workload): Record<string, string> {
    const address = (port: string, protocol: string) =>
      workloadUrl(protocol, 'localhost', context.addresses.ports.get(portKey(name, port)) ?? 0);
    return Object.fromEntries(
      Object.entries(workload.ports).map(([port, { protocol }]) => [port, address(port, protocol)]),
    );
  }

  /** Of web services and workers: started again whenever it ends, until the signal. */
  async function keepRunning(self: Unit, workload: Workload, made: Recipe, signal: AbortSignal): Promise<void> {
    for (let failures = 0; ; ) {
      const running = await startService(self, workload, made, signal);
      const { outcome, readyFor } = await watchOver(self, running, workload, made, signal);
      if (outcome.kind === 'swap') {
        self.set('reloading');
        await running.stop(reloadStopTimeout);
        self.process = undefined;
        if (outcome.before) await startBefore(self, workload, made, signal);
        continue;
      }
      if (outcome.kind === 'dead') {
        tell(runtimeNotLive(name, outcome.problem));
        await running.stop();
      }
      self.process = undefined;
      const how = outcome.kind === 'dead' ? `a failing live probe (${outcome.problem})` : exitText(outcome.exit);
      const backoff = backoffAfter(failures, readyFor);
      failures = backoff.failures;
      const again = `${backoff.delay / 1_000} s`;
      if (outcome.kind === 'exit') tell(runtimeCrashed(name, how, again, running.lastLines()));
      self.set('backing-off', { restarts: self.status.restarts + 1, detail: `${how}; starts again in ${again}` });
      const change = new AbortController();
      await Promise.race([sleep(backoff.delay, undefined, { signal }), swapRequest(change.signal)]);
      change.abort();
    }
  }

  /** Of jobs: once. */
  async function runToEnd(self: Unit, workload: Workload, made: Recipe, signal: AbortSignal): Promise<void> {
    const running = await startService(self, workload, made, signal);
    const exit = await Promise.race([running.ended, aborted(signal)]);
    self.process = undefined;
    if (exit.code !== 0) throw new Failure([runtimeJobFailed(name, exitText(exit), running.lastLines())]);
    self.set('completed');
  }

  /** Of cron workloads: whenever their time comes; a run that lasts longer than the interval is not doubled. */
  async function liveBySchedule(
    self: Unit,
    workload: Workload,
    made: Recipe,
    signal: AbortSignal,
    manual: boolean,
  ): Promise<void> {
    for (let first = true; ; first = false) {
      const next = nextRun(workload.schedule ?? '', Date.now());
      const detail = next === undefined ? 'never runs' : `runs next at ${new Date(next).toISOString().slice(0, 16)}Z`;
      if (!(first && manual)) {
        self.set('completed', { detail });
        if (next === undefined) return;
        // Longer than setTimeout can count (24.8 days) is waited for in pieces.
        for (let rest = next - Date.now(); rest > 0; rest = next - Date.now()) {
          await sleep(Math.min(rest, 86_400_000), undefined, { signal });
        }
      }
      await startBefore(self, workload, made, signal);
      await runToEnd(self, workload, made, signal).catch((error: unknown) => {
        if (signal.aborted || !(error instanceof Failure)) throw error;
        error.diagnostics.forEach(tell);
      });
    }
  }

  /** Until the process ends, is given up, or is to be replaced. */
  async function watchOver(
    self: Unit,
    running: ManagedProcess,
    workload: Workload,
    made: Recipe,
    signal: AbortSignal,
  ): Promise<{ outcome: Outcome; readyFor: number }> {
    const over = new AbortController();
    let readySince: number | undefined;
    let giveUp: (problem: string) => void = () => {};
    const dead = new Promise<Outcome>((resolve) => {
      giveUp = (problem) => resolve({ kind: 'dead', problem });
    });
    const environment = workloadEnvironment(context, workload, made);
    const command = { cwd: folderOf(context.root, workload), environment: environment.task };
    const checks = checksOf(workload, (port) => context.addresses.ports.get(portKey(name, port)), command);
    const following = followHealth(
      checks,
      {
        onReady() {
          if (over.signal.aborted) return;
          readySince ??= performance.now();
          self.set('ready');
        },
        onUnready: (problem) => !over.signal.aborted && self.set('unready', { detail: problem }),
        onDead: giveUp,
        onSlow: (seconds, problem) => tell(runtimeNotReady(name, seconds, problem)),
      },
      over.signal,
    );
    following.catch(() => {});
    try {
      const outcome = await Promise.race([
        running.ended.then((exit): Outcome => ({ kind: 'exit', exit })),
        dead,
        swapRequest(over.signal).then((before): Outcome => ({ kind: 'swap', before })),
        aborted(signal),
      ]);
      return { outcome, readyFor: readySince === undefined ? 0 : performance.now() - readySince };
    } finally {
      over.abort();
    }
  }

  /** Resolves when a reload has built something new; never, once the signal is aborted. */
  async function swapRequest(signal: AbortSignal): Promise<boolean> {
    await until(context, signal, () => swap !== undefined).catch(() => forever);
    const before = swap?.before ?? false;
    swap = undefined;
    return before;
  }

  /** Builds while the old process still serves; a later change takes the place of a build under way. */
  async function onChange({ paths, steps }: Change): Promise<void> {
    if (['stopped', 'stopping'].includes(unit.status.state) || !recipe) return;
    const { kind, before } = workloadNow();
    if (phase === 'preparing') {
      changedMeanwhile = true;
      return;
    }
    if (phase === 'idle' || kind === 'job') return restartUnit(unit);
    building?.abort();
    const own = new AbortController();
    building = own;
    const { state } = unit.status;
    try {
      await prepareWorkload(context, name, recipe, {
        only: steps,
        signal: own.signal,
        onStep: (detail) => unit.process && unit.set('reloading', { detail }),
      });
      const cwd = folderOf(context.root, workloadNow());
      const again = before.length > 0 && (touchesBefore(paths) || (await digestOfBefore(before, cwd)) !== beforeDigest);
      if (own.signal.aborted || kind === 'cron') return;
      swap = { before: again || (swap?.before ?? false) };
      context.changed();
    } catch (error) {
      if (own.signal.aborted) return;
      for (const diagnostic of failureDiagnostics(name, error)) tell(diagnostic);
      // What ran before goes on running.
      if (unit.process && unit.status.state === 'reloading') {
        unit.set(state === 'reloading' ? 'ready' : state, { detail: 'the last change could not be built' });
      }
    }
  }
}

/** Ends a unit's life and begins it anew. */
export async function restartUnit(unit: Unit): Promise<void> {
  await unit.stop();
  unit.start(true);
}

const forever = new Promise<never>(() => {});

const failureOf = (promise: Promise<unknown>): Promise<never> =>
  new Promise((_resolve, reject) => {
    promise.catch(reject);
  });

/** Rejects with the abort; one promise for each signal, for a crash loop asks for it again and again. */
function aborted(signal: AbortSignal): Promise<never> {
  const known = aborts.get(signal);
  if (known) return known;
  const promise = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  promise.catch(() => {});
  aborts.set(signal, promise);
  return promise;
}
const aborts = new WeakMap<AbortSignal, Promise<never>>();
