import { setTimeout as sleep } from 'node:timers/promises';
import { probeGrpc, probeHttp, probeTcp } from '../../host/probe.ts';
import { run } from '../../host/run.ts';
import type { Probe, Workload } from '../../plan/plan.ts';
import { host } from './environment.ts';

/** Looks once: undefined when all is well, otherwise why not. @param timeout milliseconds */
export type Look = (timeout: number) => Promise<string | undefined>;

export interface HealthChecks {
  startup?: { look: Look; probe: Probe };
  ready: { look: Look; probe?: Probe };
  /** Its `look` is left out when it would ask the very same as `ready`: one answer serves both. */
  live?: { look?: Look; probe: Probe };
}

export interface HealthListener {
  onReady(): void;
  onUnready(problem: string): void;
  /** The live or startup probe gave it up. */
  onDead(problem: string): void;
  /** It is still not ready after so many seconds; told once. */
  onSlow(seconds: number, problem: string): void;
}

/** Milliseconds; a service without a port and without a probe counts as ready when it lives so long. */
const aliveLongEnough = 300;
const slowAfter = 30_000;
/** Seconds between two looks at a healthy service, as on Kubernetes; more would only fill its logs. */
const steadyPeriod = 10;

/**
 * What is asked of a workload. Without a probe it is ready when its first port accepts a connection, or, without a port,
 * when it has lived for a moment.
 * @param portOf the port on this machine by its name
 * @param command how a probe's command is run
 */
export function checksOf(
  workload: Workload,
  portOf: (name: string) => number | undefined,
  command: { cwd: string; environment: Record<string, string> },
): HealthChecks {
  const { ready, live, startup } = workload.probes;
  const look = (probe: Probe) => lookOf(probe, portOf, command);
  const first = Object.keys(workload.ports).find((name) => workload.ports[name]?.protocol !== 'udp');
  const port = first === undefined ? undefined : portOf(first);
  const begun = performance.now();
  const alive: Look = async () => (performance.now() - begun < aliveLongEnough ? 'it was started just now' : undefined);
  const plain: Look = port === undefined ? alive : (timeout) => probeTcp({ host, port, timeout });
  const best = ready ?? live;
  return {
    ...(startup ? { startup: { look: look(startup), probe: startup } } : {}),
    ready: best ? { look: look(best), probe: best } : { look: plain },
    ...(live ? { live: isSame(live, ready) ? { probe: live } : { look: look(live), probe: live } } : {}),
  };
}

const isSame = (live: Probe, ready: Probe | undefined): boolean =>
  JSON.stringify(live.check) === JSON.stringify((ready ?? live).check);

function lookOf(
  { check }: Probe,
  portOf: (name: string) => number | undefined,
  command: { cwd: string; environment: Record<string, string> },
): Look {
  if (check.type === 'command') {
    return async (timeout) => {
      const result = await run(check.command, { ...command, signal: AbortSignal.timeout(Math.max(timeout, 1_000)) });
      return result.code === 0 ? undefined : `${check.command.join(' ')} ends with ${result.code}`;
    };
  }
  const port = portOf(check.port);
  if (port === undefined) return async () => `it has no port ${check.port}`;
  return (timeout) => {
    const target = { host, port, timeout };
    if (check.type === 'http') return probeHttp(target, check.path);
    return check.type === 'grpc' ? probeGrpc(target, check.service) : probeTcp(target);
  };
}

/**
 * Watches over the health of a process until the signal is aborted. Looks often at first, for readiness is what others
 * wait for, and then at the steady period of the probes.
 */
export async function followHealth(checks: HealthChecks, listener: HealthListener, signal: AbortSignal): Promise<void> {
  try {
    if (checks.startup && !(await passStartup(checks.startup, listener, signal))) return;
    await becomeReady(checks.ready.look, listener, signal);
    const { live } = checks;
    await Promise.all([
      keepReady(checks, listener, signal),
      live?.look && keepLive(live.look, live.probe, listener, signal),
    ]);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Milliseconds until the next look: 15 at first, growing with the time that passed so that little is lost by it. */
const eager = (passed: number): number => Math.min(Math.max(15, passed / 20), passed < 20_000 ? 100 : 500);

async function passStartup(
  { look, probe }: { look: Look; probe: Probe },
  listener: HealthListener,
  signal: AbortSignal,
): Promise<boolean> {
  const begun = performance.now();
  const patience = (probe.initialDelay ?? 0) + (probe.period ?? 10) * (probe.failureThreshold ?? 3);
  for (;;) {
    const problem = await look(milliseconds(probe.timeout, 5));
    signal.throwIfAborted();
    if (problem === undefined) return true;
    const passed = performance.now() - begun;
    if (passed > patience * 1_000) {
      listener.onDead(`not started up within ${patience} s: ${problem}`);
      return false;
    }
    await sleep(eager(passed), undefined, { signal });
  }
}

async function becomeReady(look: Look, listener: HealthListener, signal: AbortSignal): Promise<void> {
  const begun = performance.now();
  let told = false;
  for (;;) {
    // Generous: a first answer may take a compile.
    const problem = await look(5_000);
    signal.throwIfAborted();
    if (problem === undefined) return listener.onReady();
    const passed = performance.now() - begun;
    if (passed > slowAfter && !told) {
      told = true;
      listener.onSlow(Math.round(passed / 1_000), problem);
    }
    await sleep(eager(passed), undefined, { signal });
  }
}

async function keepReady({ ready, live }: HealthChecks, listener: HealthListener, signal: AbortSignal): Promise<void> {
  const { look, probe } = ready;
  // Without a probe a busy port tells nothing more than that the process lives, and its exit tells that better.
  if (!probe) return;
  const threshold = probe.failureThreshold ?? 3;
  const patience = live && !live.look ? patienceOf(live.probe) : Number.POSITIVE_INFINITY;
  let failingSince = 0;
  for (let failures = 0; ; ) {
    // Once failing, it is looked at more often, so that others are not kept away longer than need be.
    const period = milliseconds(probe.period, steadyPeriod);
    await sleep(failures === 0 ? period : Math.min(period, 1_000), undefined, { signal });
    const asked = performance.now();
    const problem = await look(milliseconds(probe.timeout, 2));
    signal.throwIfAborted();
    if (problem === undefined) {
      if (failures >= threshold) listener.onReady();
      failures = 0;
      continue;
    }
    failures++;
    if (failures === 1) failingSince = asked;
    if (failures === threshold) listener.onUnready(problem);
    if (failures > threshold && performance.now() - failingSince >= patience) return listener.onDead(problem);
  }
}

async function keepLive(look: Look, probe: Probe, listener: HealthListener, signal: AbortSignal): Promise<void> {
  for (let failures = 0; ; ) {
    await sleep(milliseconds(probe.period, steadyPeriod), undefined, { signal });
    const problem = await look(milliseconds(probe.timeout, 5));
    signal.throwIfAborted();
    failures = problem === undefined ? 0 : failures + 1;
    if (problem !== undefined && failures >= (probe.failureThreshold ?? 3)) return listener.onDead(problem);
  }
}

/** Milliseconds for which a live probe may fail. */
const patienceOf = (probe: Probe): number => milliseconds(probe.period, steadyPeriod) * (probe.failureThreshold ?? 3);

const milliseconds = (seconds: number | undefined, otherwise: number): number => (seconds ?? otherwise) * 1_000;
