import { digestOfBefore, touchesBefore } from './before.ts';
import { withoutOwnWrites } from './own-writes.ts';
import { type Change, watchSources } from './reload.ts';
import { failureDiagnostics, restartUnit } from './unit.ts';
import { tell, type WorkloadLife, type WorkloadState, workloadOf } from './workload-life.ts';
import { folderOf, prepareWorkload } from './workload-recipe.ts';

/** Watches the sources of a life, in place of those of the one before. */
export async function watchAnew({ state, context, workload, recipe }: WorkloadLife): Promise<void> {
  await state.sources?.close();
  const folder = folderOf(context.root, workload);
  state.sources = context.reload
    ? watchSources(workload, recipe, folder, (change) => void onChange(state, change))
    : undefined;
}

/** Builds while the old process still serves; a later change takes the place of a build under way. */
async function onChange(state: WorkloadState, change: Change): Promise<void> {
  const paths = withoutOwnWrites(state, change.paths);
  if (paths.length === 0) return;
  const { context, name, unit, recipe } = state;
  if (['stopped', 'stopping'].includes(unit.status.state) || !recipe) return;
  if (state.phase === 'preparing') {
    state.changedMeanwhile = true;
    return;
  }
  const { kind, before } = workloadOf(state);
  // It failed or ended, or only makes sense from its beginning: a fresh start sees the change.
  if (state.phase === 'idle' || kind === 'job') return restartUnit(unit);
  state.building?.abort();
  const own = new AbortController();
  state.building = own;
  const former = unit.status.state === 'reloading' ? 'ready' : unit.status.state;
  try {
    const onStep = (detail: string) => unit.process && unit.set('reloading', { detail });
    await prepareWorkload(context, name, recipe, { only: change.steps, signal: own.signal, onStep });
    const cwd = folderOf(context.root, workloadOf(state));
    const again =
      before.length > 0 && (touchesBefore(paths) || (await digestOfBefore(before, cwd)) !== state.beforeDigest);
    if (own.signal.aborted || kind === 'cron') return;
    state.swap = { before: again || (state.swap?.before ?? false) };
    context.changed();
  } catch (error) {
    if (own.signal.aborted) return;
    for (const diagnostic of failureDiagnostics(name, error)) tell(state, diagnostic);
    // What ran before goes on running.
    if (unit.process && unit.status.state === 'reloading') {
      unit.set(former, { detail: 'the last change could not be built' });
    }
  }
}
