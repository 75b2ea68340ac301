import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Absolute path of a program, or undefined.
 * @param folders searched before PATH, for example a virtual environment's `bin`.
 */
export async function findProgram(name: string, folders: readonly string[] = []): Promise<string | undefined> {
  if (isAbsolute(name)) return (await isExecutable(name)) ? name : undefined;
  const searched = [...folders, ...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean)];
  for (const folder of searched) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
