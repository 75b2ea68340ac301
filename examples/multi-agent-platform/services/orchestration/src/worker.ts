import type { Database } from '@platform/service/database.ts';
import type { Messages } from '@platform/service/messages.ts';
import type { ServiceContext } from '@platform/service/service.ts';
import type { Traced } from '@platform/service/spans.ts';
import { parseTraceparent } from '@platform/service/trace.ts';
import { claimRun, finishRun, leaseSeconds, maxAttempts, type Run, releaseRun, renewLease } from './runs.ts';
import { type Addresses, performRun } from './steps.ts';

/** Works through runs in the background. */
export interface RunWorker {
  /** Takes up a run that was just stored, if nobody else has. */
  wake(taskId: string): void;
  /** Waits a few seconds for what is going on and gives back what is not finished then. */
  close(): Promise<void>;
}

const sweepMs = 5_000;
const drainMs = 4_000;
const concurrency = 8;

/**
 * Starts the worker. New runs are taken when they are stored; every few seconds it also looks for
 * runs that another replica left behind, and for those that waited because this one was busy.
 */
export function startWorker(
  database: Database,
  messages: Messages,
  traced: Traced,
  addresses: Addresses,
  log: ServiceContext<unknown>['log'],
): RunWorker {
  const active = new Map<Run, Promise<void>>();
  let closing = false;

  const work = async (run: Run) => {
    const renewal = setInterval(() => void renewLease(database, run).catch(() => undefined), (leaseSeconds * 1000) / 3);
    try {
      const outcome = await perform(run);
      if (closing && !active.has(run)) return;
      if (!(await finishRun(database, run, outcome))) return;
      messages.publish(run.taskId, { type: 'task', ...outcome });
    } catch (error) {
      // The run keeps its lease until it runs out, and is then taken up again.
      log.error({ err: error, task: run.taskId }, 'the end of a run was not stored');
    } finally {
      clearInterval(renewal);
      active.delete(run);
      if (!closing) attempt();
    }
  };

  const perform = async (run: Run) => {
    if (run.attempt > maxAttempts) {
      return { state: 'failed' as const, error: `given up after ${maxAttempts} attempts that did not end` };
    }
    messages.publish(run.taskId, { type: 'task', state: 'running' });
    try {
      const result = await traced(parseTraceparent(run.parent), 'run the task', (span) =>
        performRun(run, addresses, span),
      );
      return { state: 'completed' as const, result };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.warn({ task: run.taskId, error: message }, 'a run failed');
      return { state: 'failed' as const, error: message };
    }
  };

  const take = async (taskId?: string) => {
    while (!closing && active.size < concurrency) {
      const run = await claimRun(database, taskId);
      if (!run) return;
      active.set(run, work(run));
      if (taskId) return;
    }
  };
  const attempt = (taskId?: string) =>
    void take(taskId).catch((error: unknown) => {
      // 42P01: the table is not there yet, since the gateway migrates after this service has started.
      if ((error as { code?: string }).code !== '42P01') log.warn({ err: error }, 'no run could be taken');
    });
  const sweep = setInterval(() => attempt(), sweepMs);

  return {
    wake: (taskId) => attempt(taskId),
    async close() {
      closing = true;
      clearInterval(sweep);
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise((resolve) => {
        timer = setTimeout(resolve, drainMs);
      });
      await Promise.race([Promise.all(active.values()), limit]);
      clearTimeout(timer);
      const unfinished = [...active.keys()];
      active.clear();
      await Promise.all(unfinished.map((run) => releaseRun(database, run)));
    },
  };
}
