import { account, address } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** Redis. */
export const redis = {
  type: 'redis',
  title: 'Redis',
  defaultVersion: '6.2',
  ports: { redis: { port: 6379, protocol: 'redis' } },
  mainPort: 'redis',
  attributes: {
    url: { description: 'Connection URI, `redis://user:password@host:port/0`.', secret: true },
    ...address,
    ...account,
  },
  settings: {},
} as const satisfies BackingDefinition;
