import { runtimeStateLost } from '../../diagnostics/catalogue/runtime.ts';
import { type Diagnostic, Failure, hasErrors } from '../../diagnostics/diagnostic.ts';
import { stayLean } from '../../host/memory.ts';
import type { Plan } from '../../plan/plan.ts';
import { applyPlan } from './apply.ts';
import { type ControlledSystem, serveControl } from './control.ts';
import type { RuntimeEvent } from './event.ts';
import { type OpenRun, openRun } from './open-run.ts';
import { makeState, placesOf } from './places.ts';
import { assignPorts } from './ports.ts';
import { readRecord, sweepLeftovers } from './record.ts';
import { holdRun } from './run-lock.ts';
import { resolveSecrets } from './secrets.ts';
import { checkNames, dependentsOf, selectNames } from './selection.ts';
import { serviceEnvironment } from './service-environment.ts';
import { watchLock } from './state-watch.ts';
import type { SystemStatus } from './status.ts';
import { stopInOrder } from './stop-order.ts';
import { systemRoutes, systemState } from './system-state.ts';
import { failureDiagnostics, restartUnit, until } from './unit.ts';
import { addUnits } from './units.ts';
import { measureUsage } from './usage.ts';
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
  /** Passes on what was found outside, for example in an edited model, to everyone who follows the events. */
  tell(diagnostic: Diagnostic): void;
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
    const { detections } = check;
    const reload = options.reload ?? true;
    const run = await openRun({ plan, root, mode, reload, ports, secrets, detections, onEvent });
    for (const diagnostic of [...check.diagnostics, ...diagnostics]) {
      run.context.emit({ type: 'diagnostic', at: Date.now(), diagnostic });
    }
    return await supervise(run, { ...options, names, requirements: check.requirements, release });
  } catch (error) {
    await release();
    throw error;
  }
}

interface Supervision extends SuperviseOptions {
  names: ReadonlySet<string>;
  /** Programs that are missing. */
  requirements: Promise<Diagnostic[]>;
  release(): Promise<void>;
}

async function supervise({ context, socket, subscribe, close }: OpenRun, options: Supervision): Promise<Supervisor> {
  const { units, root, environment } = context;
  const startedAt = Date.now();
  const usage = measureUsage(units);
  const settled = deferred<'ready' | 'degraded'>();
  const done = deferred<void>();
  let state: SystemStatus['state'] = 'starting';
  let lean = false;
  const enter = (next: SystemStatus['state']) => {
    if (next === state) return;
    state = next;
    context.emit({ type: 'system', at: Date.now(), state, elapsed: Date.now() - startedAt });
    if (next !== 'ready' && next !== 'degraded') return;
    settled.resolve(next);
    // Only now: while everything starts, collecting garbage would cost more than the memory is worth.
    if (!lean) stayLean();
    lean = true;
  };
  /** Plans that are being carried over: what is stopped for that will start again. */
  let carrying = 0;
  context.onChange(() => {
    if (!context.stopping && carrying === 0) enter(systemState(context.plan, units));
  });

  const control: ControlledSystem = {
    status() {
      usage.look(state === 'starting');
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
    subscribe,
    environmentOf: (name) => serviceEnvironment(context, name),
    async restart(asked) {
      checkNames(asked, [...units.keys()]);
      const restarted = (asked.length > 0 ? asked : [...units.keys()]).flatMap((name) => units.get(name) ?? []);
      if (asked.length > 0) await Promise.all(restarted.map(restartUnit));
      else {
        await stopInOrder(units, dependentsOf(context.plan, units.keys()));
        for (const unit of restarted) unit.start();
      }
      const over = new Set(['ready', 'completed', 'failed', 'backing-off']);
      const isOver = () => context.stopping || restarted.every(({ status }) => over.has(status.state));
      await until(context, new AbortController().signal, isOver);
    },
    stop({ now = false } = {}) {
      // The impatient second time too.
      if (now) for (const unit of units.values()) void unit.process?.stop(0);
      if (!context.stopping) {
        context.stopping = true;
        stopAll(now).then(done.resolve, done.reject);
      }
      return done.promise;
    },
  };

  async function stopAll(now: boolean): Promise<void> {
    enter('stopping');
    usage.close();
    endWatch();
    await Promise.all([...units.values()].map((unit) => unit.dispose()));
    await stopInOrder(units, dependentsOf(context.plan, units.keys()), now ? 0 : undefined);
    await close(now);
    enter('stopped');
    await server.close();
    await options.release();
  }

  /** One after the other: each begins with what the former left. */
  let applying: Promise<unknown> = Promise.resolve();
  function apply(next: Plan, moved?: string): Promise<Diagnostic[]> {
    carrying += 1;
    const applied = applying
      .then(() => (context.stopping ? [] : applyPlan(context, next, options.only ?? [], moved)))
      .finally(() => {
        carrying -= 1;
        context.changed();
      });
    applying = applied.catch(() => {});
    return applied;
  }
  context.movePorts = (name) => {
    apply(context.plan, name).then(
      (found) => found.forEach(tell),
      (error: unknown) => failureDiagnostics(name, error).forEach(tell),
    );
  };
  const tell = (diagnostic: Diagnostic) => context.emit({ type: 'diagnostic', at: Date.now(), diagnostic });

  const endWatch = watchLock(context.places.lock, () => {
    context.record.abandon();
    tell(runtimeStateLost(context.places.state));
    void control.stop();
  });
  const server = await serveControl(socket, control);
  // Written down before anything is started, and not before it can be asked.
  await context.record.written();
  context.emit({ type: 'system', at: Date.now(), state });
  const created = addUnits(context, options.names);
  for (const unit of created) if (unit.kind === 'backing') unit.start();
  const missing = await options.requirements;
  if (hasErrors(missing)) {
    await control.stop();
    throw new Failure(missing);
  }
  missing.forEach(tell);
  for (const unit of created) if (unit.kind === 'workload') unit.start();
  return {
    status: control.status,
    settled: settled.promise,
    tell,
    restart: control.restart,
    apply,
    stop: control.stop,
    done: done.promise,
  };
}

interface Deferred<T> {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
