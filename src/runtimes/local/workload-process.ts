import { setTimeout as sleep } from 'node:timers/promises';
import {
  runtimeCannotStart,
  runtimeCrashed,
  runtimeJobFailed,
  runtimeNotLive,
  runtimeNotReady,
} from '../../diagnostics/catalogue/runtime.ts';
import { Failure } from '../../diagnostics/diagnostic.ts';
import type { Exit } from '../../host/process-group.ts';
import { workloadUrl } from '../../plan/addresses.ts';
import { aborted } from './aborted.ts';
import { backoffAfter } from './backoff.ts';
import { digestOfBefore, runBefore } from './before.ts';
import { checksOf, followHealth } from './health.ts';
import { exitText, type ManagedProcess, startManaged } from './managed-process.ts';
import { isStolen, portKey } from './ports.ts';
import { until } from './unit.ts';
import { tell, type WorkloadLife } from './workload-life.ts';
import { folderOf, workloadEnvironment } from './workload-recipe.ts';

/** Milliseconds between the question to end and SIGKILL: at a stop, and at a reload, where somebody waits for the new one. */
const stopTimeout = 5_000;
const reloadStopTimeout = 2_000;

/** Milliseconds; a service that ends so soon after it was ready may never have had its port. */
const young = 5_000;

/** What ended the watch over a running process. */
type Outcome = { kind: 'exit'; exit: Exit } | { kind: 'swap'; before: boolean } | { kind: 'dead'; problem: string };

/** Runs what comes before the workload; nothing when nothing does. @throws Failure with its output */
export async function startBefore({ state, context, unit, workload, recipe, signal }: WorkloadLife): Promise<void> {
  const { before: commands, name } = workload;
  if (commands.length === 0) return;
  unit.set('preparing', { detail: `before: ${commands.map((argv) => argv.join(' ')).join(', ')}` });
  const environment = workloadEnvironment(context, workload, recipe).task;
  const cwd = folderOf(context.root, workload);
  await runBefore(context, { name, commands, cwd, environment, signal });
  state.beforeDigest = await digestOfBefore(commands, cwd);
}

async function startService({ state, context, unit, workload, recipe, signal }: WorkloadLife): Promise<ManagedProcess> {
  const { name, ports } = workload;
  const { run, service } = workloadEnvironment(context, workload, recipe);
  const options = { name, role: 'service' as const, argv: run.argv, cwd: run.cwd, environment: service, stopTimeout };
  const started = await startManaged(context, options).catch((error: Error) => {
    throw new Failure([runtimeCannotStart(name, run.argv, error.message)]);
  });
  unit.process = started;
  state.startedAt = Date.now();
  const address = (port: string, protocol: string) =>
    workloadUrl(protocol, 'localhost', context.addresses.ports.get(portKey(name, port)) ?? 0);
  const addresses = Object.entries(ports).map(([port, { protocol }]) => [port, address(port, protocol)]);
  unit.set('starting', { addresses: Object.fromEntries(addresses) });
  signal.throwIfAborted();
  return started;
}

/** The life of web services and workers: started again whenever they end, until the signal. */
export async function keepRunning(life: WorkloadLife): Promise<void> {
  const { context, unit, workload, state, signal } = life;
  for (let failures = 0; ; ) {
    const running = await startService(life);
    const { outcome, readyFor } = await watchOver(life, running);
    if (outcome.kind === 'swap') {
      unit.set('reloading');
      await running.stop(reloadStopTimeout);
      unit.process = undefined;
      signal.throwIfAborted();
      if (outcome.before) await startBefore(life);
      continue;
    }
    if (outcome.kind === 'dead') {
      tell(state, runtimeNotLive(workload.name, outcome.problem));
      await running.stop();
    }
    unit.process = undefined;
    const how = outcome.kind === 'dead' ? `a failing live probe (${outcome.problem})` : exitText(outcome.exit);
    const backoff = backoffAfter(failures, readyFor);
    failures = backoff.failures;
    const again = `${backoff.delay / 1_000} s`;
    if (outcome.kind === 'exit') tell(state, runtimeCrashed(workload.name, how, again, running.lastLines()));
    unit.set('backing-off', { restarts: unit.status.restarts + 1, detail: `${how}; starts again in ${again}` });
    // It may even have seemed ready: the stranger accepts connections too.
    if (readyFor < young && isStolen(context.addresses.ports, workload.name, context.run))
      context.movePorts(workload.name);
    // An edit that may have mended it is not kept waiting.
    const change = new AbortController();
    const before = await Promise.race([sleep(backoff.delay, false, { signal }), swapRequest(life, change.signal)]);
    change.abort();
    if (before) await startBefore(life);
  }
}

/** The life of jobs: once. @throws Failure with its last lines when it ends badly */
export async function runToEnd(life: WorkloadLife): Promise<void> {
  const { unit, workload, signal } = life;
  const running = await startService(life);
  const exit = await Promise.race([running.ended, aborted(signal)]);
  unit.process = undefined;
  if (exit.code !== 0) throw new Failure([runtimeJobFailed(workload.name, exitText(exit), running.lastLines())]);
  unit.set('completed');
}

/** Until the process ends, is given up, or is to be replaced. */
async function watchOver(life: WorkloadLife, running: ManagedProcess): Promise<{ outcome: Outcome; readyFor: number }> {
  const { state, context, unit, workload, recipe, signal } = life;
  const over = new AbortController();
  let readySince: number | undefined;
  let giveUp: (problem: string) => void = () => {};
  const dead = new Promise<Outcome>((resolve) => {
    giveUp = (problem) => resolve({ kind: 'dead', problem });
  });
  const command = {
    cwd: folderOf(context.root, workload),
    environment: workloadEnvironment(context, workload, recipe).task,
  };
  const checks = checksOf(workload, (port) => context.addresses.ports.get(portKey(workload.name, port)), command);
  const listener = {
    onReady() {
      if (over.signal.aborted) return;
      readySince ??= performance.now();
      unit.set('ready');
    },
    onUnready: (problem: string) => !over.signal.aborted && unit.set('unready', { detail: problem }),
    onDead: giveUp,
    onSlow: (seconds: number, problem: string) => tell(state, runtimeNotReady(workload.name, seconds, problem)),
  };
  followHealth(checks, listener, over.signal).catch((error: Error) => giveUp(error.message));
  try {
    const outcome = await Promise.race([
      running.ended.then((exit): Outcome => ({ kind: 'exit', exit })),
      dead,
      swapRequest(life, over.signal).then((before): Outcome => ({ kind: 'swap', before })),
      aborted(signal),
    ]);
    return { outcome, readyFor: readySince === undefined ? 0 : performance.now() - readySince };
  } finally {
    over.abort();
  }
}

/** Resolves when a change was built, with whether `before` runs again; never, once the signal is aborted. */
async function swapRequest({ state, context }: WorkloadLife, signal: AbortSignal): Promise<boolean> {
  await until(context, signal, () => state.swap !== undefined).catch(() => new Promise<never>(() => {}));
  const before = state.swap?.before ?? false;
  state.swap = undefined;
  return before;
}
