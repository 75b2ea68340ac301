export const dynamic = 'force-dynamic';

/**
 * Says that the page's server is up, and what it sees of the gateway. The answer is 200 either way:
 * restarting the page would not bring the gateway back.
 */
export async function GET(): Promise<Response> {
  const gateway = await fetch(new URL('/health/live', process.env.API_URL ?? 'http://localhost:3000'), {
    cache: 'no-store',
    signal: AbortSignal.timeout(1500),
  }).then(
    (response) => (response.ok ? 'ok' : `answered ${response.status}`),
    () => 'not reachable',
  );
  return Response.json({ status: 'live', gateway });
}
