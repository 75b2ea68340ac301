import type { LocalServer } from '../backing.ts';
import { acquireNats } from './acquire.ts';
import { launchNats } from './launch.ts';

/** NATS on this machine. */
export const local: LocalServer = { kind: 'server', acquire: acquireNats, launch: launchNats };
