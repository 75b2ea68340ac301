import { readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes a system's folder with all its data, also what lies elsewhere because a server that refuses to run as root could
 * not reach it there (docs/backing.md).
 */
export function removeSystem(folder: string): void {
  const data = join(folder, '.gantry', 'data');
  for (const environment of entries(data)) {
    for (const service of entries(join(data, environment))) {
      const elsewhere = target(join(data, environment, service, 'data'));
      if (elsewhere?.startsWith('/var/lib/gantry/data/')) rmSync(elsewhere, { recursive: true, force: true });
    }
  }
  rmSync(folder, { recursive: true, force: true });
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function target(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}
