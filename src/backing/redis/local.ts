import type { LocalServer } from '../backing.ts';
import { acquireRedis } from './acquire.ts';
import { launchRedis } from './launch.ts';

/** Redis on this machine. */
export const local: LocalServer = {
  kind: 'server',
  acquire: acquireRedis,
  launch: (service, program, context) => launchRedis('redis-server', service, program, context),
};
