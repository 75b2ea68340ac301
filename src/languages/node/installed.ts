import { join } from 'node:path';
import { exists, readTextIfExists } from '../../host/files.ts';
import { type Table, tableOf } from '../manifest.ts';

/**
 * Whether a folder of modules already holds what a package-lock.json asks for, because the user installed it: npm keeps
 * a list of what it put there, written at the end of an install. Compared by version and integrity, and each folder
 * must be there. Packages for other platforms may be absent.
 */
export async function matchesLockfile(lockfile: string, modules: string): Promise<boolean> {
  const wanted = await packagesOf(lockfile);
  const installed = await packagesOf(join(modules, '.package-lock.json'));
  if (!wanted || !installed) return false;
  const needed: string[] = [];
  for (const [place, entry] of Object.entries(wanted)) {
    if (!place.includes('node_modules/')) continue;
    const [want, have] = [tableOf(entry), tableOf(installed[place])];
    if (!(place in installed)) {
      if (want['optional'] === true || want['devOptional'] === true) continue;
      return false;
    }
    if (['version', 'integrity', 'link'].some((key) => want[key] !== have[key])) return false;
    needed.push(join(modules, '..', place, 'package.json'));
  }
  return (await Promise.all(needed.map(exists))).every(Boolean);
}

async function packagesOf(path: string): Promise<Table | undefined> {
  try {
    const packages = tableOf(JSON.parse((await readTextIfExists(path)) ?? 'null'))['packages'];
    return packages === undefined ? undefined : tableOf(packages);
  } catch {
    return undefined;
  }
}
