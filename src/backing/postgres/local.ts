import type { LocalServer } from '../backing.ts';
import { acquirePostgres } from './acquire.ts';
import { launchPostgres } from './launch.ts';

/** PostgreSQL on this machine. */
export const local: LocalServer = { kind: 'server', acquire: acquirePostgres, launch: launchPostgres };
