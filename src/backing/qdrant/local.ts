import type { LocalServer } from '../backing.ts';
import { acquireQdrant } from './acquire.ts';
import { launchQdrant } from './launch.ts';

/** Qdrant on this machine. */
export const local: LocalServer = { kind: 'server', acquire: acquireQdrant, launch: launchQdrant };
