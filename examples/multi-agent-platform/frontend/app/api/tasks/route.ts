import { randomBytes, randomUUID } from 'node:crypto';
import { callGateway, callGatewayWithSession, relay } from '../../../server/gateway.ts';

export const dynamic = 'force-dynamic';

/** The tasks of this session; none where there is no session. */
export const GET = (): Promise<Response> =>
  relay(async () => {
    const response = await callGateway('/v1/tasks');
    return response.status === 401 ? Response.json({ tasks: [] }) : response;
  });

/**
 * Hands a task to the gateway and adds this server's own span to its trace: the id of the task is
 * chosen here, so that the trace begins here.
 */
export async function POST(request: Request): Promise<Response> {
  const startedAt = Date.now();
  const started = performance.now();
  const { prompt } = (await request.json().catch(() => ({}))) as { prompt?: unknown };
  if (typeof prompt !== 'string' || prompt.trim() === '')
    return Response.json({ message: 'a task needs some words' }, { status: 400 });
  const id = randomUUID();
  const spanId = randomBytes(8).toString('hex');
  const json = { 'content-type': 'application/json' };
  return relay(async () => {
    const response = await callGatewayWithSession('/v1/tasks', {
      method: 'POST',
      headers: { ...json, traceparent: `00-${id.replaceAll('-', '')}-${spanId}-01` },
      body: JSON.stringify({ id, prompt }),
    });
    if (!response.ok) return response;
    const span = {
      spanId,
      action: 'hand in the task',
      startedAt,
      durationMs: Math.round((performance.now() - started) * 100) / 100,
      detail: `took ${prompt.length} characters from the page and handed them to the gateway`,
    };
    await callGateway(`/v1/tasks/${id}/spans`, { method: 'POST', headers: json, body: JSON.stringify(span) });
    return response;
  });
}
