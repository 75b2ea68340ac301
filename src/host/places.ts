import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Folder of what may be fetched or built again: programs of backing services, prepared tools. Shared by all systems.
 * `GANTRY_CACHE` names it; otherwise the XDG base directory specification decides.
 */
export const cacheFolder = (): string =>
  process.env['GANTRY_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'gantry');

/** Folder of one system's state on this machine: data, logs, credentials (mode 0700). Never committed. */
export const stateFolder = (root: string): string => join(root, '.gantry');
