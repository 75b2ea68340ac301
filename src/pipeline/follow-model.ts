import { cannotReload } from '../diagnostics/catalogue/command.ts';
import { type Diagnostic, Failure } from '../diagnostics/diagnostic.ts';
import { watchFiles } from '../host/watch.ts';
import type { Supervisor } from '../runtimes/local/supervisor.ts';
import type { PlannedSystem } from './load-plan.ts';
import { loadPlanAside } from './load-plan-aside.ts';
import type { ModelPlace } from './locate.ts';

/** Milliseconds of quiet after an edit: an editor writes in several steps. */
const quiet = 60;

export interface FollowOptions {
  place: ModelPlace;
  planned: PlannedSystem;
  supervisor: Supervisor;
  /** Told after each edit what is wrong with the model, or what must be known about the change. */
  onDiagnostics(diagnostics: Diagnostic[]): void;
}

/**
 * Carries edits of the model over to the running system: what an edit does not touch runs on, and a model with errors
 * changes nothing.
 * @returns stops following
 */
export function followModel({ place, planned, supervisor, onDiagnostics }: FollowOptions): () => Promise<void> {
  let current = JSON.stringify(planned.plan);
  let watcher = watch(planned.watched);
  let turn: Promise<void> = Promise.resolve();
  const stopped = new AbortController();
  async function reload(): Promise<void> {
    if (stopped.signal.aborted) return;
    try {
      const { plan, watched, diagnostics } = await loadPlanAside(place, stopped.signal);
      if (watched.some((path) => !planned.watched.includes(path))) {
        planned.watched = watched;
        await watcher.close();
        watcher = watch(watched);
      }
      const next = JSON.stringify(plan);
      if (next === current) return onDiagnostics(diagnostics);
      current = next;
      onDiagnostics([...diagnostics, ...(await supervisor.apply(plan))]);
    } catch (error) {
      if (stopped.signal.aborted) return;
      // Whatever goes wrong with an edit, what runs must go on.
      onDiagnostics(error instanceof Failure ? error.diagnostics : [cannotReload(String(error))]);
    }
  }
  function watch(paths: readonly string[]) {
    return watchFiles({
      paths,
      ignore: [],
      quiet,
      onChange() {
        turn = turn.then(reload);
      },
    });
  }
  return async () => {
    stopped.abort();
    await watcher.close();
    await turn;
  };
}
