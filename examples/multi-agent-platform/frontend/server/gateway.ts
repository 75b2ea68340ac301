import { cookies } from 'next/headers';

const cookieName = 'session';

/** Base address of the gateway, read when it is needed: the built page knows no address. */
function gatewayAddress(): string {
  const address = process.env.API_URL;
  if (!address) throw new Error('API_URL is not set');
  return address;
}

async function newSession(): Promise<string> {
  const response = await fetch(new URL('/v1/sessions', gatewayAddress()), {
    method: 'POST',
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`the gateway gave no session: ${response.status}`);
  const { token, expiresAt } = (await response.json()) as { token: string; expiresAt: string };
  (await cookies()).set(cookieName, token, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    expires: new Date(expiresAt),
  });
  return token;
}

/**
 * Calls the gateway for the browser, which never sees the token: it is in a cookie that scripts
 * cannot read. A missing or outlived session is replaced and the call is made once more.
 */
export async function callGateway(path: string, init: RequestInit = {}): Promise<Response> {
  const send = (token: string) =>
    fetch(new URL(path, gatewayAddress()), {
      ...init,
      cache: 'no-store',
      headers: { ...init.headers, authorization: `Bearer ${token}` },
    });
  const token = (await cookies()).get(cookieName)?.value;
  const response = token ? await send(token) : undefined;
  if (response && response.status !== 401) return response;
  await response?.body?.cancel();
  return send(await newSession());
}

/** Passes the gateway's answer on; a gateway that is away becomes a 502 with a plain message. */
export async function relay(work: () => Promise<Response>): Promise<Response> {
  try {
    const response = await work();
    return new Response(response.body, {
      status: response.status,
      headers: {
        'content-type': response.headers.get('content-type') ?? 'application/json',
        'cache-control': 'no-cache, no-transform',
      },
    });
  } catch (error) {
    const cause =
      error instanceof Error ? ((error.cause as { code?: string } | undefined)?.code ?? error.message) : String(error);
    return Response.json({ message: `the gateway did not answer: ${cause}` }, { status: 502 });
  }
}
