import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute folder of the installed package, or of the repository: the nearest one above this file with a package.json. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/**
 * Absolute path of a file that is not TypeScript and runs beside us (a Python program, a page): kept in src/ next to its
 * part, and copied to dist/assets/ by the build.
 * @param path below src/, for example `backing/qdrant/front.py`
 */
export function assetPath(path: string): string {
  const folder = packageFolder();
  // Sources that run as they are must not meet files of an older build.
  const built = fileURLToPath(import.meta.url).startsWith(join(folder, 'dist'));
  return join(folder, built ? 'dist/assets' : 'src', path);
}

/** Absolute path of what `import … from 'gantry'` means for this very program, installed or not. */
export function ownModule(): string {
  const folder = packageFolder();
  const built = fileURLToPath(import.meta.url).startsWith(join(folder, 'dist'));
  return join(folder, built ? 'dist/index.js' : 'src/index.ts');
}
