import { address } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** Memcached. It keeps nothing across a restart. */
export const memcached = {
  type: 'memcached',
  title: 'Memcached',
  defaultVersion: '1.6',
  ports: { memcached: { port: 11211, protocol: 'memcached' } },
  mainPort: 'memcached',
  attributes: {
    servers: { description: 'Server list as clients take it, `host:port`.' },
    ...address,
  },
  settings: {},
} as const satisfies BackingDefinition;
