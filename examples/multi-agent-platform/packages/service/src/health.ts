import type { FastifyInstance } from 'fastify';

/** Rejects when what it checks does not work. */
export type HealthCheck = () => Promise<unknown>;

const limitMs = 2_000;

/**
 * Serves `/health/live` (the process answers) and `/health/ready` (what it stands on works).
 * @param checks must all pass for the service to be ready
 * @param neighbours base addresses of other services: reported, but not required, for a service that
 *   is unready because another one is would take the whole chain down with it
 * @param stopping true once the service is shutting down
 */
export function serveHealth(
  app: FastifyInstance,
  checks: Record<string, HealthCheck>,
  neighbours: Record<string, string>,
  stopping: () => boolean,
): void {
  app.get('/health/live', { logLevel: 'silent' }, async () => ({ status: 'live' }));
  app.get('/health/ready', { logLevel: 'silent' }, async (_request, reply) => {
    const required = await outcomes(checks);
    const others = await outcomes(
      Object.fromEntries(
        Object.entries(neighbours).map(([name, address]) => [name, () => answers(new URL('/health/live', address))]),
      ),
    );
    const ready = !stopping() && Object.values(required).every((outcome) => outcome === 'ok');
    reply.code(ready ? 200 : 503);
    return { status: stopping() ? 'stopping' : ready ? 'ready' : 'not ready', checks: required, neighbours: others };
  });
}

async function outcomes(checks: Record<string, HealthCheck>): Promise<Record<string, string>> {
  const entries = Object.entries(checks).map(async ([name, check]) => {
    const outcome = await withLimit(check()).then(
      () => 'ok',
      (error: unknown) => (error instanceof Error ? error.message || error.name : String(error)),
    );
    return [name, outcome] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function withLimit(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function answers(address: URL): Promise<void> {
  const response = await fetch(address, { signal: AbortSignal.timeout(limitMs) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`answered ${response.status}`);
}
