import { join } from 'node:path';
import { kindOf, listFolder, readTextIfExists } from '../../host/files.ts';

/** Where a Python program begins. */
export interface Application {
  /** Relative to the service's folder: `app/main.py`. */
  file: string;
  /** What is imported: `app.main`. */
  module: string;
  /** Folder that imports start from, relative to the service's: `''` or `src`. */
  base: string;
  framework?: 'fastapi' | 'starlette' | 'litestar' | 'quart' | 'flask' | 'django';
  /** Name of the application object, or of the function that makes it. */
  object?: string;
  factory: boolean;
}

const stems = ['main', 'app', 'server', 'asgi', 'wsgi', 'api', 'application', 'run', '__main__', '__init__'];
const classes = {
  FastAPI: 'fastapi',
  Starlette: 'starlette',
  Litestar: 'litestar',
  Quart: 'quart',
  Flask: 'flask',
} as const;
const made = /^(\w+)\s*(?::[^=\n]+)?=\s*(?:\w+\.)*(FastAPI|Starlette|Litestar|Quart|Flask)\(/m;
const factory = /^def (create_app|make_app|get_app|build_app)\s*\(\s*\)/m;
const anyClass = /\b(FastAPI|Starlette|Litestar|Quart|Flask)\(/;

/**
 * Finds the application by reading, without running any of it: a file of a usual name, in the folder, in `src`, or in a
 * package below either, that makes an object of a known framework at its top level; then one with a function
 * `create_app()`; then a file of a usual name without a framework.
 */
export async function findApplication(folder: string): Promise<Application | undefined> {
  if ((await kindOf(join(folder, 'manage.py'))) === 'file') {
    const settings = /DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']/.exec(
      (await readTextIfExists(join(folder, 'manage.py'))) ?? '',
    )?.[1];
    if (settings) {
      const module = `${settings.split('.')[0]}.wsgi`;
      return { file: 'manage.py', module, base: '', framework: 'django', object: 'application', factory: false };
    }
  }
  const candidates = await readCandidates(folder);
  for (const { text, ...place } of candidates) {
    const match = made.exec(text);
    const kind = match?.[2] as keyof typeof classes | undefined;
    if (match?.[1] && kind) return { ...place, framework: classes[kind], object: match[1], factory: false };
  }
  for (const { text, ...place } of candidates) {
    const name = factory.exec(text)?.[1];
    const kind = anyClass.exec(text)?.[1] as keyof typeof classes | undefined;
    if (name && kind) return { ...place, framework: classes[kind], object: name, factory: true };
  }
  const plain = candidates.find(({ file }) => !file.endsWith('__init__.py'));
  if (!plain) return undefined;
  const { text: _, ...place } = plain;
  return { ...place, factory: false };
}

/** Files of the usual names in the order in which they are tried, with their text. */
async function readCandidates(folder: string): Promise<{ file: string; module: string; base: string; text: string }[]> {
  const places: { base: string; inside: string }[] = [];
  for (const base of ['', 'src']) {
    places.push({ base, inside: '' });
    for (const name of await listFolder(join(folder, base)))
      if ((await kindOf(join(folder, base, name, '__init__.py'))) === 'file') places.push({ base, inside: name });
    if (base === '' && (await kindOf(join(folder, 'app/main.py'))) === 'file') places.push({ base, inside: 'app' });
  }
  const found = [];
  for (const { base, inside } of places) {
    for (const stem of stems) {
      const file = [base, inside, `${stem}.py`].filter(Boolean).join('/');
      const text = await readTextIfExists(join(folder, file));
      const module = [inside, stem === '__init__' ? '' : stem].filter(Boolean).join('.');
      if (text !== undefined && module) found.push({ file, module, base, text });
    }
  }
  return found;
}
