import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { jwtVerify, SignJWT } from 'jose';

const issuer = 'multi-agent-platform';
const lifetimeSeconds = 12 * 60 * 60;

/** Thrown when a request has no valid session. */
export class SessionError extends Error {
  readonly statusCode = 401;
}

/** Issues and reads session tokens: JSON Web Tokens (RFC 7519) signed with HMAC SHA-256. */
export interface Sessions {
  /** A token for a new anonymous session; `expiresAt` is ISO 8601. */
  issue(): Promise<{ token: string; expiresAt: string }>;
  /** The session id of a request. @throws SessionError without a valid bearer token */
  of(request: FastifyRequest): Promise<string>;
}

/** @param secret at least 32 characters, as RFC 7518 section 3.2 asks of a 256-bit key */
export function createSessions(secret: string): Sessions {
  const key = new TextEncoder().encode(secret);
  return {
    async issue() {
      const expires = Math.floor(Date.now() / 1000) + lifetimeSeconds;
      const token = await new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setSubject(randomUUID())
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(key);
      return { token, expiresAt: new Date(expires * 1000).toISOString() };
    },
    async of(request) {
      const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (!token) throw new SessionError('a bearer token is needed: POST /v1/sessions gives one');
      try {
        const { payload } = await jwtVerify(token, key, { issuer, algorithms: ['HS256'] });
        if (payload.sub) return payload.sub;
      } catch {
        // Every fault of a token gets the same answer.
      }
      throw new SessionError('the session token is not valid or has expired');
    },
  };
}
