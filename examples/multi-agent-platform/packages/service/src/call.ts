import { setTimeout as delay } from 'node:timers/promises';
import { formatTraceparent, type TraceContext } from './trace.ts';

/** A service answered with an error, or did not answer. `status` is what our own caller should get. */
export class CallError extends Error {
  readonly statusCode: number;
  constructor(message: string, statusCode: number) {
    super(message);
    this.name = 'CallError';
    this.statusCode = statusCode;
  }
}

/** How a call is made. */
export interface CallOptions {
  body?: unknown;
  span?: TraceContext;
  /** Milliseconds for one attempt, 30,000 unless told. */
  timeoutMs?: number;
}

/**
 * Calls another service and reads its JSON answer: POST where there is a body, GET otherwise.
 * A refused connection is tried again for about two seconds, which is how long a pod takes to be
 * replaced; nothing was sent then, so nothing is done twice.
 * @param service the service's name, for the error message
 * @param address its base address
 * @param path the path below it
 * @throws CallError with the other service's own message where it sent one
 */
export async function call<Result>(
  service: string,
  address: string,
  path: string,
  options: CallOptions = {},
): Promise<Result> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.span?.traceId) headers['traceparent'] = formatTraceparent(options.span);
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  for (let attempt = 0; ; attempt++) {
    let response: Response;
    try {
      response = await fetch(new URL(path, address), {
        method: options.body === undefined ? 'GET' : 'POST',
        headers,
        body: options.body === undefined ? undefined : JSON.stringify(options.body),
        signal: AbortSignal.timeout(options.timeoutMs ?? 30_000),
      });
    } catch (error) {
      if (attempt < 4 && isRefused(error)) {
        await delay(150 * 2 ** attempt);
        continue;
      }
      throw new CallError(`the ${service} service did not answer: ${describe(error)}`, 502);
    }
    const text = await response.text();
    if (!response.ok) {
      // A mistake in the request stays the caller's mistake; everything else is the other service's.
      throw new CallError(`the ${service} service refused: ${messageOf(text)}`, response.status === 422 ? 422 : 502);
    }
    return JSON.parse(text) as Result;
  }
}

function isRefused(error: unknown): boolean {
  const cause = (error as { cause?: { code?: string; errors?: { code?: string }[] } }).cause;
  return cause?.code === 'ECONNREFUSED' || (cause?.errors?.every((one) => one.code === 'ECONNREFUSED') ?? false);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause as { code?: string } | undefined;
  return cause?.code ?? error.message;
}

function messageOf(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null && 'message' in parsed) return String(parsed.message);
  } catch {
    // Not JSON: the body itself is the message.
  }
  return body.slice(0, 200) || 'no reason given';
}
