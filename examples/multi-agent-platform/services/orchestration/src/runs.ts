import type { TaskResult, TaskState } from '@platform/service/contracts.ts';
import type { Database } from '@platform/service/database.ts';

/** A run as it is taken up for work. `parent` is the traceparent of the request that asked for it. */
export interface Run {
  taskId: string;
  owner: string;
  prompt: string;
  parent: string | null;
  attempt: number;
}

/** How long a replica may be silent before another one takes its run, in seconds. */
export const leaseSeconds = 15;

/** How often a run is begun before it is given up. */
export const maxAttempts = 3;

/** Stores a run; one that is there already stays as it is, so that asking twice does no harm. */
export async function insertRun(database: Database, run: Omit<Run, 'attempt'>): Promise<void> {
  await database.query(
    `INSERT INTO orchestration.runs (task_id, owner, prompt, parent, state) VALUES ($1, $2, $3, $4, 'queued')
     ON CONFLICT (task_id) DO NOTHING`,
    [run.taskId, run.owner, run.prompt, run.parent],
  );
}

/**
 * Takes a run that nobody works on: a given one, or the oldest that is waiting or was left behind by
 * a replica that died. Two replicas never get the same one.
 * @returns undefined when there is none
 */
export async function claimRun(database: Database, taskId?: string): Promise<Run | undefined> {
  const { rows } = await database.query<Run>(
    `UPDATE orchestration.runs SET state = 'running', attempt = attempt + 1, lease_until = now() + make_interval(secs => $1)
     WHERE task_id = (
       SELECT task_id FROM orchestration.runs
       WHERE state IN ('queued', 'running') AND (lease_until IS NULL OR lease_until < now())
         AND ($2::uuid IS NULL OR task_id = $2)
       ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING task_id AS "taskId", owner, prompt, parent, attempt`,
    [leaseSeconds, taskId ?? null],
  );
  return rows[0];
}

/** Says that the run is still being worked on. */
export async function renewLease(database: Database, run: Run): Promise<void> {
  await database.query(
    `UPDATE orchestration.runs SET lease_until = now() + make_interval(secs => $1)
     WHERE task_id = $2 AND attempt = $3 AND state = 'running'`,
    [leaseSeconds, run.taskId, run.attempt],
  );
}

/** Gives a run back at once, for another replica to take: this one is being stopped. */
export async function releaseRun(database: Database, run: Run): Promise<void> {
  await database.query(
    `UPDATE orchestration.runs SET state = 'queued', lease_until = NULL, attempt = attempt - 1
     WHERE task_id = $1 AND attempt = $2 AND state = 'running'`,
    [run.taskId, run.attempt],
  );
}

/**
 * Stores how a run ended. Only the attempt that holds the run may end it.
 * @returns false when another replica has taken the run over in the meantime
 */
export async function finishRun(
  database: Database,
  run: Run,
  outcome: { state: Extract<TaskState, 'completed' | 'failed'>; result?: TaskResult; error?: string },
): Promise<boolean> {
  const { rowCount } = await database.query(
    `UPDATE orchestration.runs SET state = $3, result = $4, error = $5, finished_at = now(), lease_until = NULL
     WHERE task_id = $1 AND attempt = $2 AND state = 'running'`,
    [
      run.taskId,
      run.attempt,
      outcome.state,
      outcome.result ? JSON.stringify(outcome.result) : null,
      outcome.error ?? null,
    ],
  );
  return rowCount === 1;
}
