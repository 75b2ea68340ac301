import { callGateway, relay } from '../../../../../server/gateway.ts';

export const dynamic = 'force-dynamic';

/** A task's events as they happen, passed through from the gateway until either side hangs up. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return relay(() => callGateway(`/v1/tasks/${encodeURIComponent(id)}/events`, { signal: request.signal }));
}
