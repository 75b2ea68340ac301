import type { Span } from './contracts.ts';
import type { Database } from './database.ts';
import type { Messages } from './messages.ts';
import { newSpanId, type TraceContext, taskOfTraceId } from './trace.ts';

/** What a piece of work may say about itself while it runs. */
export interface ActiveSpan extends TraceContext {
  /** Replaces the sentence that says what was done. */
  detail(text: string): void;
}

/** Runs work as a span of a task: announced when it starts and when it ends, and stored. */
export type Traced = <Result>(
  parent: TraceContext | undefined,
  action: string,
  work: (span: ActiveSpan) => Promise<Result>,
) => Promise<Result>;

/**
 * The tracer of one service. Each service writes its own spans and nobody else's, so that a trace
 * shows what happened and not what was meant to happen. The span is in the database before the
 * caller gets its answer: whoever sees a task finished sees its whole trace.
 * Work without a parent (a call outside any task) runs untraced.
 * @param onError told when a span could not be stored; the work itself is not harmed by it
 */
export function createTracer(
  service: string,
  database: Database,
  messages: Messages,
  onError: (error: Error) => void,
): Traced {
  return async (parent, action, work) => {
    const started = performance.now();
    const span: Span = {
      traceId: parent?.traceId ?? '',
      spanId: newSpanId(),
      parentId: parent?.spanId ?? null,
      service,
      action,
      startedAt: Date.now(),
      durationMs: null,
      state: 'active',
      detail: null,
    };
    const announce = () => parent && messages.publish(taskOfTraceId(span.traceId), { type: 'span', span: { ...span } });
    const finish = async (state: 'done' | 'failed') => {
      span.state = state;
      span.durationMs = Math.round((performance.now() - started) * 100) / 100;
      announce();
      if (parent) await storeSpan(database, span).catch(onError);
    };
    announce();
    // Not waited for: it only lets whoever looks at the task later see what is going on.
    if (parent) storeSpan(database, { ...span }).catch(onError);
    try {
      const result = await work({
        traceId: span.traceId,
        spanId: span.spanId,
        detail: (text) => {
          span.detail = text.length > 300 ? `${text.slice(0, 299)}…` : text;
        },
      });
      await finish('done');
      return result;
    } catch (error) {
      span.detail = error instanceof Error ? error.message.slice(0, 300) : String(error).slice(0, 300);
      await finish('failed');
      throw error;
    }
  };
}

/** Stores a span. A finished one replaces its beginning, and is never replaced itself. */
export async function storeSpan(database: Database, span: Span): Promise<void> {
  await database.query(
    `INSERT INTO trace.spans (trace_id, span_id, parent_id, service, action, started_at, duration_ms, state, detail)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (trace_id, span_id) DO UPDATE
       SET duration_ms = excluded.duration_ms, state = excluded.state, detail = excluded.detail
       WHERE spans.state = 'active' AND excluded.state <> 'active'`,
    [
      span.traceId,
      span.spanId,
      span.parentId,
      span.service,
      span.action,
      span.startedAt,
      span.durationMs,
      span.state,
      span.detail,
    ],
  );
}

/** The spans of a task in the order in which they started. */
export async function readSpans(database: Database, traceId: string): Promise<Span[]> {
  const { rows } = await database.query<Record<keyof Span, never>>(
    `SELECT trace_id AS "traceId", span_id AS "spanId", parent_id AS "parentId", service, action,
            started_at::float8 AS "startedAt", duration_ms AS "durationMs", state, detail
     FROM trace.spans WHERE trace_id = $1 ORDER BY started_at, stored_at`,
    [traceId],
  );
  return rows;
}
