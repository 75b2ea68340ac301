import type { Protocol } from './plan.ts';

/** The scheme in the URL of a port; other protocols that a program speaks stand for themselves. */
const schemes: Readonly<Record<string, string>> = { postgres: 'postgresql', udp: 'udp' };

/**
 * The URL of a workload's port: what `${service.url}` becomes, in every runtime and every file.
 * @param host host name or IPv4 address
 */
export const workloadUrl = (protocol: Protocol, host: string, port: number): string =>
  `${Object.hasOwn(schemes, protocol) ? schemes[protocol] : protocol}://${host}:${port}`;
