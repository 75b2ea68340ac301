import type { Span, TaskResult, TaskState } from '@platform/service/contracts.ts';
import type { Database } from '@platform/service/database.ts';
import { readSpans } from '@platform/service/spans.ts';
import { traceIdOfTask } from '@platform/service/trace.ts';

/** A task as the page shows it in its history. */
export interface TaskSummary {
  id: string;
  prompt: string;
  state: TaskState;
  createdAt: string;
}

/** A task with everything that is known of it. */
export interface TaskDetail extends TaskSummary {
  result: TaskResult | null;
  error: string | null;
  spans: Span[];
}

/** Stores a new task; false when the id is taken, and nothing is changed then. */
export async function insertTask(database: Database, id: string, session: string, prompt: string): Promise<boolean> {
  const { rowCount } = await database.query(
    'INSERT INTO gateway.tasks (id, session, prompt) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING',
    [id, session, prompt],
  );
  return rowCount === 1;
}

/** Forgets a task that could not be handed over. */
export async function deleteTask(database: Database, id: string): Promise<void> {
  await database.query('DELETE FROM gateway.tasks WHERE id = $1', [id]);
}

// A task that orchestration has never heard of is just being handed over.
const columns = `t.id, t.prompt, coalesce(r.state, 'queued') AS state, t.created_at AS "createdAt"`;
const tables = 'gateway.tasks t LEFT JOIN orchestration.runs r ON r.task_id = t.id';

/** The newest tasks of a session. */
export async function listTasks(database: Database, session: string): Promise<TaskSummary[]> {
  const { rows } = await database.query<TaskSummary>(
    `SELECT ${columns} FROM ${tables} WHERE t.session = $1 ORDER BY t.created_at DESC LIMIT 30`,
    [session],
  );
  return rows;
}

/** One task with its result and trace; undefined when this session has no such task. */
export async function readTask(database: Database, session: string, id: string): Promise<TaskDetail | undefined> {
  const { rows } = await database.query<Omit<TaskDetail, 'spans'>>(
    `SELECT ${columns}, r.result, r.error FROM ${tables} WHERE t.session = $1 AND t.id = $2`,
    [session, id],
  );
  const [task] = rows;
  return task && { ...task, spans: await readSpans(database, traceIdOfTask(id)) };
}
