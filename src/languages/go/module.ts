import { dirname, join } from 'node:path';
import { kindOf, listFolder, readTextIfExists } from '../../host/files.ts';

/** A module of Go. */
export interface Module {
  folder: string;
  /** Its path, `example.com/acme/orders`. */
  name: string;
  /** Absolute folders that `replace` points to. */
  locals: string[];
}

/** The module that a folder lies in, searched up to the system's folder. */
export async function findModule(folder: string, root: string): Promise<Module | undefined> {
  for (let place = folder; ; place = dirname(place)) {
    const text = await readTextIfExists(join(place, 'go.mod'));
    if (text !== undefined) {
      const name = /^module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? '';
      const locals = [...text.matchAll(/=>\s*(\.{1,2}\/\S*)/g)].map((match) => join(place, match[1] ?? ''));
      // A folder without Go of its own below a module is not a Go service because of it.
      return place === folder || (await mainPackages(folder)).length > 0 ? { folder: place, name, locals } : undefined;
    }
    if (place === root || place === dirname(place)) return undefined;
  }
}

/** Packages that make a program, relative to the folder: `.`, `cmd/orders`. */
export async function mainPackages(folder: string): Promise<string[]> {
  if (await isMain(folder)) return ['.'];
  const found: string[] = [];
  for (const name of await listFolder(join(folder, 'cmd')))
    if ((await kindOf(join(folder, 'cmd', name))) === 'folder' && (await isMain(join(folder, 'cmd', name))))
      found.push(`cmd/${name}`);
  if (found.length === 0 && (await isMain(join(folder, 'cmd')))) found.push('cmd');
  return found;
}

/** Whether a folder holds a `package main` that is not only a test or left out of builds. */
async function isMain(folder: string): Promise<boolean> {
  for (const name of await listFolder(folder)) {
    if (!name.endsWith('.go') || name.endsWith('_test.go')) continue;
    const text = (await readTextIfExists(join(folder, name))) ?? '';
    if (/^package\s+main\b/m.test(text) && !/^\/\/go:build\s+ignore\b/m.test(text)) return true;
  }
  return false;
}
