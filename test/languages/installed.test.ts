import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/host/run.ts';
import { matchesLockfile } from '../../src/languages/node/installed.ts';
import { prepareService } from '../../src/languages/prepare.ts';
import { detectLanguage } from '../../src/languages/registry.ts';

/** A folder in which the user has run `npm install`. */
let installed = '';
const folders: string[] = [];
beforeAll(async () => {
  installed = await copy(join(import.meta.dirname, '../conformance/fixtures/languages/node-npm'));
  const { code, stderr } = await run(['npm', 'ci', '--prefer-offline'], { cwd: installed });
  expect({ code, stderr }).toMatchObject({ code: 0 });
});
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function copy(from: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-installed-'));
  folders.push(folder);
  await cp(from, folder, { recursive: true });
  return folder;
}

async function outcome(root: string): Promise<string[] | undefined> {
  const found = await detectLanguage({ path: root, root, mode: 'development' });
  if (Array.isArray(found)) throw new Error(JSON.stringify(found));
  const { value, diagnostics } = await prepareService(found.recipe, {
    root,
    recordsFolder: join(root, '.gantry/prepared'),
  });
  expect(diagnostics).toEqual([]);
  return value?.map((step) => step.outcome);
}

test('what the user has installed is taken as it is', async () => {
  expect(await outcome(await copy(installed))).toEqual(['cached']);
});

test('a package that is gone, or half of an install, is installed', async () => {
  const without = await copy(installed);
  await rm(join(without, 'node_modules/ms'), { recursive: true });
  expect(await outcome(without)).toEqual(['ran']);
  const interrupted = await copy(installed);
  await rm(join(interrupted, 'node_modules/.package-lock.json'));
  expect(await outcome(interrupted)).toEqual(['ran']);
});

test.each([
  ['another version', (text: string) => text.replace('"version": "2.1.3"', '"version": "2.1.2"')],
  ['another content', (text: string) => text.replace(/sha512-./, 'sha512-!')],
  [
    'a further package',
    (text: string) => text.replace('"node_modules/ms"', '"node_modules/other": {}, "node_modules/ms"'),
  ],
  ['no lockfile at all', () => ''],
])('a lockfile that asks for %s does not match', async (_, change) => {
  const folder = await copy(installed);
  const lockfile = join(folder, 'package-lock.json');
  expect(await matchesLockfile(lockfile, join(folder, 'node_modules'))).toBe(true);
  await writeFile(lockfile, change(await readFile(lockfile, 'utf8')));
  expect(await matchesLockfile(lockfile, join(folder, 'node_modules'))).toBe(false);
});

test('a package for another platform may be absent', async () => {
  const folder = await copy(installed);
  const lockfile = join(folder, 'package-lock.json');
  const text = await readFile(lockfile, 'utf8');
  const optional = '"node_modules/elsewhere": {"version": "1.0.0", "optional": true}, "node_modules/ms"';
  await writeFile(lockfile, text.replace('"node_modules/ms"', optional));
  expect(await matchesLockfile(lockfile, join(folder, 'node_modules'))).toBe(true);
});
