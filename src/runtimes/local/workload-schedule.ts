import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../diagnostics/diagnostic.ts';
import { tell, type WorkloadLife } from './workload-life.ts';
import { runToEnd, startBefore } from './workload-process.ts';

/** Milliseconds; `setTimeout` counts no further than 24.8 days. */
const longestSleep = 86_400_000;

/**
 * The life of cron workloads: run whenever their time comes. A run that lasts longer than the interval is not doubled,
 * and one that fails is told and does not end the schedule.
 * @param manual somebody asked for it: it runs now as well
 */
export async function liveBySchedule(life: WorkloadLife, manual: boolean): Promise<void> {
  const { state, unit, workload, signal } = life;
  const { nextRun } = await import('./schedule.ts');
  for (let now = manual; ; now = false) {
    if (!now) {
      const next = nextRun(workload.schedule ?? '', Date.now());
      if (next === undefined) return unit.set('completed', { detail: 'its schedule never comes' });
      unit.set('completed', { detail: `runs next at ${new Date(next).toISOString().slice(0, 16)}Z` });
      for (let rest = next - Date.now(); rest > 0; rest = next - Date.now()) {
        await sleep(Math.min(rest, longestSleep), undefined, { signal });
      }
    }
    try {
      await startBefore(life);
      await runToEnd(life);
    } catch (error) {
      if (signal.aborted || !(error instanceof Failure)) throw error;
      for (const diagnostic of error.diagnostics) tell(state, diagnostic);
    }
  }
}
