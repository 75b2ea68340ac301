import { join } from 'node:path';
import { readTextIfExists } from '../host/files.ts';
import { packageFolder } from '../host/package-folder.ts';

/** The version of this program, as its package.json says. */
export async function versionOfGantry(): Promise<string> {
  const text = (await readTextIfExists(join(packageFolder(), 'package.json'))) ?? '{}';
  return (JSON.parse(text) as { version?: string }).version ?? 'unknown';
}
