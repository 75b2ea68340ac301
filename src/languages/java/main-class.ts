import { basename, join, relative } from 'node:path';
import { readTextIfExists } from '../../host/files.ts';
import { filesBelow } from '../../host/tree.ts';

/** Full names of the classes below `src/main` that have a `main`, sorted. */
export async function mainClasses(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const language of ['java', 'kotlin']) {
    const sources = join(folder, 'src/main', language);
    for (const { path } of await filesBelow(sources, [])) {
      const text = (await readTextIfExists(path)) ?? '';
      const named = relative(sources, path)
        .replace(/\.(java|kt)$/, '')
        .replaceAll('/', '.');
      if (path.endsWith('.java') && /\bstatic\s+(?:final\s+)?void\s+main\s*\(/.test(text)) found.push(named);
      // Kotlin puts functions outside of classes into one named after the file.
      if (path.endsWith('.kt') && /^fun\s+main\s*\(/m.test(text)) {
        const pack = /^package\s+([\w.]+)/m.exec(text)?.[1];
        found.push(`${pack ? `${pack}.` : ''}${basename(path, '.kt')}Kt`);
      }
    }
  }
  return found.sort();
}
