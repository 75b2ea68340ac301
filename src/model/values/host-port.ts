import type { Invalid } from './invalid.ts';

/** A host outside the system and the TCP port there. */
export interface HostPort {
  host: string;
  port: number;
}

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const hostName = new RegExp(`^(?:\\*\\.)?${label}(?:\\.${label})*$`);

/** Reads `api.example.com:443`, `*.example.com` or `192.0.2.7:25`; the port is 443 when left out (RFC 1123 names). */
export function readHostPort(text: string): HostPort | Invalid {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[^:/\s]+)(?::(\d{1,5}))?$/.exec(text);
  const host = match?.[1] ?? '';
  const port = Number(match?.[2] ?? 443);
  const valid = host.startsWith('[') || (host.length <= 253 && hostName.test(host));
  if (!match || !valid) {
    const cure = text.includes('://')
      ? `write ${text.replace(/^\w+:\/\//, '').replace(/\/.*$/, '')}, without scheme and path`
      : 'write host:port, for example api.example.com:443';
    return { invalid: `"${text}" is not host:port`, cure };
  }
  if (port < 1 || port > 65_535) return { invalid: `${port} is not a port`, cure: 'ports go from 1 to 65535' };
  return { host, port };
}
