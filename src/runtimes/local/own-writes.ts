import { relative } from 'node:path';
import { runtimeWritesWatched } from '../../diagnostics/catalogue/runtime.ts';
import { tell, type WorkloadState } from './workload-life.ts';

/** Milliseconds after a start in which a change is probably the service's own. */
const shortly = 500;
/** So many starts in a row with a change of the same file shortly after are no coincidence. */
const coincidence = 4;

/**
 * The changed paths without those that the service itself writes whenever it starts (a database, a lock), which would
 * restart it without end. The first time is told; a restart by hand forgets it.
 */
export function withoutOwnWrites(state: WorkloadState, paths: readonly string[]): string[] {
  const early = state.unit.process !== undefined && Date.now() - state.startedAt < shortly;
  return paths.filter((path) => {
    const before = state.ownWrites.get(path) ?? 0;
    if (before > coincidence) return false;
    state.ownWrites.set(path, early ? before + 1 : 0);
    if (before < coincidence || !early) return true;
    tell(state, runtimeWritesWatched(state.name, relative(state.context.root, path)));
    return false;
  });
}
