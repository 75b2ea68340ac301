import { account, address } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** NATS server, with JetStream unless told otherwise. */
export const nats = {
  type: 'nats',
  title: 'NATS',
  defaultVersion: '2',
  ports: { nats: { port: 4222, protocol: 'nats' }, monitor: { port: 8222, protocol: 'http' } },
  mainPort: 'nats',
  attributes: {
    url: { description: 'Connection URI, `nats://user:password@host:port`.', secret: true },
    ...address,
    ...account,
    'monitor-url': { description: 'Address of the monitoring pages (`/varz`, `/jsz`).', port: 'monitor' },
  },
  settings: {
    jetstream: { description: 'Streams and key-value stores that survive a restart.', type: 'boolean', default: true },
  },
} as const satisfies BackingDefinition;
