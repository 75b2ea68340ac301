import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Diagnostic, Failure, hasErrors } from '../../diagnostics/diagnostic.ts';
import { makeFolder } from '../../host/files.ts';
import { type LogFile, openLogFile } from '../../host/log-file.ts';
import { stayLean } from '../../host/memory.ts';
import { bootIdentity, findProcess } from '../../host/process-table.ts';
import { startWatchdog } from '../../host/watchdog.ts';
import type { Plan } from '../../plan/plan.ts';
import { createBacking } from './backing-unit.ts';
import { type ControlledSystem, serveControl } from './control.ts';
import type { RuntimeEvent } from './event.ts';
import { createMask } from './mask.ts';
import { controlSocket, makeState, placesOf } from './places.ts';
import { assignPorts } from './ports.ts';
import { keepRecord, type RunRecord, readRecord, runMarker, sweepLeftovers, sweepMarked } from './record.ts';
import type { RunContext } from './run-context.ts';
import { holdRun } from './run-lock.ts';
import { resolveSecrets } from './secrets.ts';
import { checkNames, dependentsOf, selectNames } from './selection.ts';
import { serviceEnvironment } from './service-environment.ts';
import { signatureOf } from './signature.ts';
import type { SystemStatus } from './status.ts';
import { stopInOrder } from './stop-order.ts';
import { systemRoutes, systemState } from './system-state.ts';
import { restartUnit, type Unit, until } from './unit.ts';
import { measureUsage } from './usage.ts';
import { createWorkload } from './workload.ts';
import { checkWorkloads } from './workload-recipe.ts';

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
export async function superviseSystem(options: SuperviseOptions): Promise<Supervisor> {
  stayLean();
  const { plan, root, onEvent } = options;
  const { system, environment } = plan;
  const names = selectNames(plan, options.only);
  const places = placesOf(root, environment);
  await makeState(places);
  const release = await holdRun(places.lock, system, environment);
  try {
    const former = await readRecord(places);
    if (former) await sweepLeftovers(former);
    const mode = options.mode ?? 'development';
    const [secrets, { ports, diagnostics }, check] = await Promise.all([
      resolveSecrets(root, environment, plan.secrets),
      assignPorts(plan, names, places.ports),
      checkWorkloads({ root, mode }, plan, names),
    ]);
    if (hasErrors(check.diagnostics)) throw new Failure(check.diagnostics);
    for (const diagnostic of [...check.diagnostics, ...diagnostics]) {
      onEvent({ type: 'diagnostic', at: Date.now(), diagnostic });
    }
    return await begin({ ...options, mode, names, secrets, ports, requirements: check.requirements, release });
  } catch (error) {
    await release();
    throw error;
  }
}

interface Beginning extends SuperviseOptions {
  mode: 'development' | 'production';
  names: Set<string>;
  secrets: Record<string, string>;
  ports: RunContext['addresses']['ports'];
  requirements: Promise<Diagnostic[]>;
  release(): Promise<void>;
}

async function begin(options: Beginning): Promise<Supervisor> {
  const { plan, root, mode } = options;
  const { environment } = plan;
  const places = placesOf(root, environment);
  const startedAt = Date.now();
  const logs = new Map<string, LogFile>();
  const listeners = new Set<() => void>();
  const subscribers = new Set<(event: RuntimeEvent) => void>([options.onEvent]);
  const record: RunRecord = {
    run: randomBytes(12).toString('hex'),
    system: plan.system,
    environment,
    boot: bootIdentity(),
    supervisor: { pid: process.pid, started: findProcess(process.pid)?.started ?? '' },
    socket: await controlSocket(root, environment),
    groups: [],
  };
  const keeper = keepRecord(places, record);
  await Promise.all([keeper.written(), makeFolder(places.logs, 0o700)]);
  const context: RunContext = {
    run: record.run,
    root,
    environment,
    mode,
    reload: options.reload ?? true,
    places,
    plan,
    addresses: { plan, ports: options.ports, attributes: new Map(), secrets: options.secrets },
    mask: createMask(Object.values(options.secrets)),
    watchdog: startWatchdog(record.run),
    record: keeper,
    units: new Map(),
    emit(event) {
      for (const subscriber of subscribers) subscriber(event);
    },
    logOf(name) {
      const known = logs.get(name);
      if (known) return known;
      const opened = openLogFile(join(places.logs, `${name}.log`));
      logs.set(name, opened);
      return opened;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed() {
      for (const listener of [...listeners]) listener();
    },
  };
  const { units } = context;
  const usage = measureUsage(units);
  let only = options.only;
  let state: SystemStatus['state'] = 'starting';
  let settle: (state: 'ready' | 'degraded') => void = () => {};
  const settled = new Promise<'ready' | 'degraded'>((resolve) => {
    settle = resolve;
  });
  const enter = (next: SystemStatus['state']) => {
    if (next === state) return;
    state = next;
    context.emit({ type: 'system', at: Date.now(), state, elapsed: Date.now() - startedAt });
    if (next === 'ready' || next === 'degraded') settle(next);
  };
  context.onChange(() => {
    if (state !== 'stopping' && state !== 'stopped') enter(systemState(context.plan, units));
  });

  const createUnits = (added: Iterable<string>): Unit[] =>
    [...added].map((name) => {
      const unit = name in context.plan.workloads ? createWorkload(context, name) : createBacking(context, name);
      units.set(name, unit);
      return unit;
    });

  const control: ControlledSystem = {
    status() {
      usage.look();
      return {
        system: context.plan.system,
        environment,
        root,
        supervisor: { pid: process.pid, startedAt, detached: options.detached === true },
        state,
        processes: [...units.values()].map(({ status }) => status),
        routes: systemRoutes(context.plan, units),
      };
    },
    subscribe(listener) {
      subscribers.add(listener);
      return () => subscribers.delete(listener);
    },
    environmentOf: (name) => serviceEnvironment(context, name),
    async restart(asked) {
      checkNames(asked, [...units.keys()]);
      const chosen = asked.length > 0 ? asked : [...units.keys()];
      const restarted = chosen.flatMap((name) => units.get(name) ?? []);
      if (asked.length > 0) await Promise.all(restarted.map(restartUnit));
      else {
        await stopInOrder(units, dependentsOf(context.plan, units.keys()));
        for (const unit of restarted) unit.start();
      }
      const over = new Set(['ready', 'completed', 'failed', 'backing-off']);
      await until(
        context,
        new AbortController().signal,
        () => stopping || restarted.every(({ status }) => over.has(status.state)),
      );
    },
    stop({ now = false } = {}) {
      if (now) for (const unit of units.values()) void unit.process?.stop(0);
      if (!stopping) stopAll(now).then(finish, fail);
      stopping = true;
      return done;
    },
  };

  let stopping = false;
  let finish: () => void = () => {};
  let fail: (error: unknown) => void = () => {};
  const done = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });

  async function stopAll(now: boolean): Promise<void> {
    enter('stopping');
    usage.close();
    await Promise.all([...units.values()].map((unit) => unit.dispose()));
    await stopInOrder(units, dependentsOf(context.plan, units.keys()), now ? 0 : undefined);
    await sweepMarked(runMarker(record.run), now ? 0 : 1_000);
    await Promise.all([...logs.values()].map((log) => log.close()));
    await context.watchdog.dismiss();
    await keeper.discard();
    enter('stopped');
    await server.close();
    await options.release();
  }

  async function apply(next: Plan): Promise<Diagnostic[]> {
    let prepared: Awaited<ReturnType<typeof readyFor>>;
    try {
      prepared = await readyFor(next);
    } catch (error) {
      if (error instanceof Failure) return error.diagnostics;
      throw error;
    }
    const before = new Map([...units.keys()].map((name) => [name, signatureOf(name, context.addresses)]));
    const addresses = { ...context.addresses, plan: next, ports: prepared.ports, secrets: prepared.secrets };
    const removed = [...units.keys()].filter((name) => !prepared.names.has(name));
    const changed = [...prepared.names].filter(
      (name) => units.has(name) && signatureOf(name, addresses) !== before.get(name),
    );
    const touched = new Map([...removed, ...changed].map((name) => [name, units.get(name) as Unit]));
    await Promise.all([...touched.values()].map((unit) => unit.dispose()));
    await stopInOrder(touched, dependentsOf(context.plan, touched.keys()));
    for (const name of removed) units.delete(name);
    for (const name of touched.keys()) context.addresses.attributes.delete(name);
    for (const value of Object.values(prepared.secrets)) context.mask.add(value);
    context.plan = next;
    Object.assign(context.addresses, { plan: next, ports: prepared.ports, secrets: prepared.secrets });
    const added = createUnits([...prepared.names].filter((name) => !units.has(name)));
    for (const name of changed) units.get(name)?.start();
    for (const unit of added) unit.start();
    context.changed();
    return prepared.diagnostics;
  }

  /** All that can go wrong with a changed plan, found before anything is stopped for it. */
  async function readyFor(next: Plan) {
    only = only?.filter((name) => name in next.workloads || name in next.backing);
    const names = selectNames(next, only);
    const added = new Set([...names].filter((name) => !units.has(name)));
    const [secrets, { ports, diagnostics }, check] = await Promise.all([
      resolveSecrets(root, environment, next.secrets),
      assignPorts(next, names, places.ports, context.addresses.ports),
      checkWorkloads(context, next, added),
    ]);
    const problems = [...check.diagnostics, ...(await check.requirements)];
    if (hasErrors(problems)) throw new Failure(problems);
    return { names, secrets, ports, diagnostics: [...problems, ...diagnostics] };
  }

  const server = await serveControl(record.socket, control);
  context.emit({ type: 'system', at: Date.now(), state });
  const created = createUnits(options.names);
  for (const unit of created) if (unit.kind === 'backing') unit.start();
  const missing = await options.requirements;
  if (hasErrors(missing)) {
    await control.stop();
    throw new Failure(missing);
  }
  for (const diagnostic of missing) context.emit({ type: 'diagnostic', at: Date.now(), diagnostic });
  for (const unit of created) if (unit.kind === 'workload') unit.start();
  return { status: control.status, settled, restart: control.restart, apply, stop: control.stop, done };
}
