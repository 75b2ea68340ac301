import { account, address } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** Valkey, which speaks the protocol of Redis. */
export const valkey = {
  type: 'valkey',
  title: 'Valkey',
  defaultVersion: '8',
  ports: { redis: { port: 6379, protocol: 'redis' } },
  mainPort: 'redis',
  attributes: {
    url: { description: 'Connection URI, `redis://user:password@host:port/0`.', secret: true },
    ...address,
    ...account,
  },
  settings: {},
} as const satisfies BackingDefinition;
