import { callGateway, relay } from '../../../../server/gateway.ts';

export const dynamic = 'force-dynamic';

/** One task with its result and trace. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return relay(() => callGateway(`/v1/tasks/${encodeURIComponent(id)}`));
}
