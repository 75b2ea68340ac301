import { randomBytes } from 'node:crypto';

/** A place in a trace: which task, and which span is the caller. See W3C Trace Context, level 1. */
export interface TraceContext {
  traceId: string;
  spanId: string;
}

const pattern = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** Reads a `traceparent` header; undefined when it is absent, malformed or all zeros. */
export function parseTraceparent(header: unknown): TraceContext | undefined {
  const match = typeof header === 'string' ? pattern.exec(header) : null;
  const [, traceId, spanId] = match ?? [];
  if (!traceId || !spanId || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId };
}

/** Writes a `traceparent` header for a call made inside `context`. */
export const formatTraceparent = (context: TraceContext): string => `00-${context.traceId}-${context.spanId}-01`;

/** A new span id: 16 hexadecimal digits. */
export const newSpanId = (): string => randomBytes(8).toString('hex');

/** A task's UUID and its trace id are the same 128 bits, so that no table is needed between them. */
export const traceIdOfTask = (taskId: string): string => taskId.replaceAll('-', '').toLowerCase();

/** The UUID of the task that a trace id belongs to. */
export const taskOfTraceId = (traceId: string): string =>
  traceId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
