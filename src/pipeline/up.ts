import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { connectSupervisor, type SupervisorClient } from '../runtimes/local/client.ts';
import { type DetachedStart, handedOver, reportDetached, startDetached } from '../runtimes/local/detach.ts';
import type { RuntimeEvent } from '../runtimes/local/event.ts';
import type { Supervisor } from '../runtimes/local/supervisor.ts';
import { followModel } from './follow-model.ts';
import { keepPlan, readKeptPlan } from './kept-plan.ts';
import type { PlannedSystem } from './load-plan.ts';
import { loadPlanAside, thisProgram } from './load-plan-aside.ts';
import { environmentOf, locateModel, type ModelPlace } from './locate.ts';
import { checkNames } from './names.ts';

/** What `gantry up` may be told beside the place of the model. */
export interface UpOptions {
  /** Only these services and what they need; all when empty. */
  only: readonly string[];
  /** `development` when left out. */
  mode?: 'development' | 'production';
  /** Whether edits of sources and of the model are carried over. */
  reload: boolean;
}

/** What `up` begins with. */
export interface PreparedUp {
  planned: PlannedSystem;
  running?: SupervisorClient;
  /** With `detach`, when it does not run yet: the background process, getting ready. */
  background?: DetachedStart;
}

/** Reads the model for `up` and looks whether its system runs already. @throws Failure */
export async function prepareUp(place: ModelPlace, options: UpOptions & { detach?: boolean }): Promise<PreparedUp> {
  const running = await connectSupervisor(await locateModel(place), environmentOf(place));
  const background = options.detach && !running ? await startBackground(place, options) : undefined;
  // Loaded while the model is read in another process.
  if (!options.detach) loadSupervisor().catch(() => {});
  try {
    const planned = (await readKeptPlan(place)) ?? (await makePlan(place, options.detach ?? false));
    checkNames(options.only, Object.keys(planned.plan.workloads).concat(Object.keys(planned.plan.backing)));
    return { planned, running, background };
  } catch (error) {
    background?.cancel();
    throw error;
  }
}

/** Not needed by the one who only starts a background process. */
const loadSupervisor = () => import('../runtimes/local/supervisor.ts');

/** What starts a supervisor in the background is gone in a moment, so it may hold the whole loader itself. */
async function makePlan(place: ModelPlace, here: boolean): Promise<PlannedSystem> {
  const begun = Date.now();
  const planned = await (here ? (await import('./load-plan.ts')).loadPlan(place) : loadPlanAside(place));
  // What is only kept for next time stops nothing when it cannot be kept.
  await keepPlan(place, planned, begun).catch(() => {});
  return planned;
}

/**
 * Supervises the system in this process and carries edits of the model over.
 * @throws Failure when it cannot begin: it runs already, a secret is missing, …
 */
export async function superviseHere(
  place: ModelPlace,
  planned: PlannedSystem,
  options: UpOptions & { detached?: boolean; onEvent(event: RuntimeEvent): void },
): Promise<Supervisor> {
  const { only, mode, reload, detached, onEvent } = options;
  const { plan, root } = planned;
  const { superviseSystem } = await loadSupervisor();
  const supervisor = await superviseSystem({ plan, root, mode, detached, reload, only: [...only], onEvent });
  if (!reload) return supervisor;
  const onDiagnostics = (found: Diagnostic[]) => found.forEach(supervisor.tell);
  const unfollow = followModel({ place, planned, supervisor, onDiagnostics });
  void supervisor.done.then(unfollow);
  return supervisor;
}

/** Starts the background process, which gets the plan from here once there is one. */
async function startBackground(place: ModelPlace, options: UpOptions): Promise<DetachedStart> {
  const argv = [
    ...thisProgram(place),
    'supervise',
    ...options.only,
    ...(options.mode ? ['--mode', options.mode] : []),
    ...(options.reload ? [] : ['--no-reload']),
  ];
  return startDetached({ argv, root: await locateModel(place), environment: environmentOf(place) });
}

/** The background process of `up --detach`, to its end. */
export async function superviseInBackground(
  place: ModelPlace,
  options: UpOptions & { onEvent(event: RuntimeEvent): void },
): Promise<void> {
  // Loaded while the starter reads the model; looked at only when it is used.
  const needed = [loadSupervisor(), import('../languages/registry.ts'), import('../languages/requirements.ts')];
  Promise.all(needed).catch(() => {});
  const given = await handedOver();
  if (given === 'cancelled') return;
  const planned = given ? (given.input as PlannedSystem) : await loadPlanAside(place);
  const supervisor = await superviseHere(place, planned, { ...options, detached: true });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void supervisor.stop());
  await reportDetached();
  await supervisor.done;
}
