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

function send(token: string, path: string, init: RequestInit): Promise<Response> {
  return fetch(new URL(path, gatewayAddress()), {
    ...init,
    cache: 'no-store',
    headers: { ...init.headers, authorization: `Bearer ${token}` },
  });
}

/**
 * Calls the gateway for the browser, which never sees the token: it is in a cookie that scripts
 * cannot read. Without a session, and with one that has run out, the answer is 401.
 */
export async function callGateway(path: string, init: RequestInit = {}): Promise<Response> {
  const token = (await cookies()).get(cookieName)?.value;
  return token ? send(token, path, init) : Response.json({ message: 'there is no session yet' }, { status: 401 });
}

/**
 * Calls the gateway, and begins a session where there is none. Only handing in a task does so: of
 * several requests that each began one, the last answer to arrive would take the others' tasks away.
 */
export async function callGatewayWithSession(path: string, init: RequestInit): Promise<Response> {
  const response = await callGateway(path, init);
  if (response.status !== 401) return response;
  await response.body?.cancel();
  return send(await newSession(), path, init);
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
