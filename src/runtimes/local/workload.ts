import { Failure } from '../../diagnostics/diagnostic.ts';
import type { Workload } from '../../plan/plan.ts';
import { backingIn } from './environment.ts';
import { placeMounts } from './mounts.ts';
import type { RunContext } from './run-context.ts';
import { awaitTurn } from './turn.ts';
import { createUnit, hasReached, type Unit, until } from './unit.ts';
import { watchAnew } from './workload-change.ts';
import { tell, type WorkloadLife, type WorkloadState, workloadOf } from './workload-life.ts';
import { keepRunning, runToEnd, startBefore } from './workload-process.ts';
import { detectWorkload, prepareWorkload } from './workload-recipe.ts';
import { liveBySchedule } from './workload-schedule.ts';

/** Makes the unit of a workload. What it runs is read from the context's plan at each start. */
export function createWorkload(context: RunContext, name: string): Unit {
  const unit = createUnit(context, name, 'workload', {
    async live(_unit, signal, manual) {
      state.phase = 'preparing';
      if (manual) state.ownWrites.clear();
      try {
        await live(state, signal, manual);
      } finally {
        state.phase = 'idle';
      }
    },
    async dispose() {
      state.building?.abort();
      await state.sources?.close();
      state.sources = undefined;
    },
  });
  const state: WorkloadState = {
    context,
    name,
    unit,
    phase: 'idle',
    changedMeanwhile: false,
    beforeDigest: '',
    startedAt: 0,
    ownWrites: new Map(),
  };
  return unit;
}

async function live(state: WorkloadState, signal: AbortSignal, manual: boolean): Promise<void> {
  const { context, unit } = state;
  const workload = workloadOf(state);
  const detection = context.detections.get(state.name) ?? (await detectWorkload(context, workload));
  context.detections.delete(state.name);
  if (Array.isArray(detection)) throw new Failure(detection);
  const { recipe } = detection;
  state.recipe = recipe;
  const life: WorkloadLife = { state, context, unit, workload, recipe, signal };
  await watchAnew(life);
  // Prepared while others start; the first of the two to fail ends both.
  await Promise.all([prepare(life), awaitOthers(life)]);
  signal.throwIfAborted();
  for (const diagnostic of (await placeMounts(context, workload)).diagnostics) tell(state, diagnostic);
  state.swap = undefined;
  state.phase = 'running';
  if (workload.kind === 'cron') return liveBySchedule(life, manual);
  if (!manual) await awaitTurn(context, state.name, signal);
  await startBefore(life);
  return workload.kind === 'job' ? runToEnd(life) : keepRunning(life);
}

async function prepare({ state, context, unit, workload, recipe, signal }: WorkloadLife): Promise<void> {
  do {
    state.changedMeanwhile = false;
    const onStep = (detail: string) => unit.set('preparing', { detail });
    await prepareWorkload(context, state.name, recipe, { signal, onStep });
  } while (state.changedMeanwhile);
  if (unit.status.state === 'preparing') unit.set('waiting', { detail: waitingText(context, workload) });
}

/** Waits for what the plan says, and for the addresses that its variables mention. */
async function awaitOthers({ context, unit, workload, signal }: WorkloadLife): Promise<void> {
  if (unit.status.state !== 'preparing') unit.set('waiting', { detail: waitingText(context, workload) });
  await until(context, signal, () => missing(context, workload).length === 0);
}

function missing(context: RunContext, workload: Workload): string[] {
  const late = Object.entries(workload.waits).filter(([other, milestone]) => {
    const needed = context.units.get(other);
    return needed !== undefined && !hasReached(needed, milestone);
  });
  const addressless = Object.values(workload.environment)
    .flatMap(backingIn)
    .filter((other) => !context.addresses.attributes.has(other));
  return [...new Set([...late.map(([other]) => other), ...addressless])];
}

function waitingText(context: RunContext, workload: Workload): string | undefined {
  const others = missing(context, workload);
  return others.length > 0 ? `waits for ${others.join(', ')}` : undefined;
}
