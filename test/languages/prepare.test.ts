import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PrepareStep, Recipe } from '../../src/languages/language.ts';
import type { PrepareOptions } from '../../src/languages/prepare/run-step.ts';
import { prepareService } from '../../src/languages/prepare.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-prepare-'));
  await mkdir(join(folder, 'source'));
  await writeFile(join(folder, 'source/a.txt'), 'one');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A step that leaves one line for each time it ran. */
const step = (script: string, more: Partial<PrepareStep> = {}): PrepareStep => ({
  name: 'build',
  command: { argv: ['sh', '-c', `echo ran >> ran.txt; ${script}`], cwd: folder, environment: {} },
  key: 'build it',
  inputs: [join(folder, 'source')],
  facts: [],
  ignore: ['ignored'],
  outputs: [join(folder, 'made.txt')],
  ...more,
});
const recipe = (...prepare: PrepareStep[]): Recipe => ({
  requires: [],
  prepare,
  run: { argv: ['true'], cwd: folder, environment: {} },
  path: [],
  reload: { kind: 'none' },
});
const prepare = (one: Recipe, options: Partial<PrepareOptions> = {}) =>
  prepareService(one, { root: folder, recordsFolder: join(folder, 'records'), ...options });
const outcomes = async (one: Recipe, options: Partial<PrepareOptions> = {}) =>
  (await prepare(one, options)).value?.map(({ outcome }) => outcome);
const timesRun = async () => (await readFile(join(folder, 'ran.txt'), 'utf8').catch(() => '')).split('\n').length - 1;
const make = () => recipe(step('cp source/a.txt made.txt'));

test('a step is run once, and again only when the content of an input changed', async () => {
  expect(await outcomes(make())).toEqual(['ran']);
  expect(await outcomes(make())).toEqual(['cached']);
  await utimes(join(folder, 'source/a.txt'), new Date(1), new Date(1));
  expect(await outcomes(make())).toEqual(['cached']);
  await writeFile(join(folder, 'source/a.txt'), 'two');
  expect(await outcomes(make())).toEqual(['ran']);
  expect(await readFile(join(folder, 'made.txt'), 'utf8')).toBe('two');
  expect(await timesRun()).toBe(2);
});

test('a change of the same size within the same moment is seen', async () => {
  const when = new Date(Date.now() + 60_000);
  for (const text of ['aaa', 'bbb', 'ccc']) {
    await writeFile(join(folder, 'source/a.txt'), text);
    await utimes(join(folder, 'source/a.txt'), when, when);
    expect(await outcomes(make())).toEqual(['ran']);
  }
});

test('a new file, a removed file, another command and another fact run it again; what is ignored does not', async () => {
  await outcomes(make());
  await mkdir(join(folder, 'source/ignored'));
  await writeFile(join(folder, 'source/ignored/x.txt'), 'x');
  expect(await outcomes(make())).toEqual(['cached']);
  await writeFile(join(folder, 'source/b.txt'), 'x');
  expect(await outcomes(make())).toEqual(['ran']);
  await rm(join(folder, 'source/b.txt'));
  expect(await outcomes(make())).toEqual(['ran']);
  expect(await outcomes(recipe(step('cp source/a.txt  made.txt')))).toEqual(['ran']);
  expect(await outcomes(recipe(step('cp source/a.txt  made.txt', { facts: ['node 22'] })))).toEqual(['ran']);
});

test('an output that went missing runs it again', async () => {
  await outcomes(make());
  await rm(join(folder, 'made.txt'));
  expect(await outcomes(make())).toEqual(['ran']);
});

test('an interrupted step is never taken for a finished one, and nothing of it is left running', async () => {
  const slow = recipe(step('touch made.txt; sleep 300 & echo $! > child.txt; wait'));
  const stop = new AbortController();
  const result = prepare(slow, { signal: stop.signal });
  await expect
    .poll(() => readFile(join(folder, 'child.txt'), 'utf8').catch(() => ''), { timeout: 10_000 })
    .not.toBe('');
  stop.abort();
  expect((await result).diagnostics.map(({ code }) => code)).toEqual(['language/interrupted']);
  const child = Number(await readFile(join(folder, 'child.txt'), 'utf8'));
  await expect.poll(() => isAlive(child), { timeout: 10_000 }).toBe(false);
  expect(await outcomes(make())).toEqual(['ran']);
  // The same after a kill of Gantry itself: the record goes before the step begins.
  expect((await readdir(join(folder, 'records'))).filter((name) => name.endsWith('.lock'))).toEqual([]);
});

test('while a step runs it has no record, so a killed Gantry leaves none', async () => {
  await outcomes(make());
  const looking = recipe(step('ls records > during.txt; cp source/a.txt made.txt'));
  await outcomes(looking);
  expect(
    (await readFile(join(folder, 'during.txt'), 'utf8')).split('\n').filter((name) => name.endsWith('.json')),
  ).toEqual([]);
});

test('a failing step tells its command, folder, exit code and the lines that explain it, and fails again next time', async () => {
  const failing = recipe(step('seq 1 30; echo "src/main.ts(3,1): error"; seq 31 90; exit 7'));
  const { value, diagnostics } = await prepare(failing);
  expect(value).toBeUndefined();
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]).toMatchObject({
    code: 'language/prepare-failed',
    severity: 'error',
    message: expect.stringMatching(/^build failed: `sh -c .*` in the folder of the model ended with exit code 7$/s),
  });
  const lines = diagnostics[0]?.related?.map(({ message }) => message) ?? [];
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  expect(lines).toEqual(['src/main.ts(3,1): error', ...numbers(31, 37), '…', ...numbers(79, 90)]);
  await prepare(failing);
  expect(await timesRun()).toBe(2);
});

test('the command is told as it can be run again in its folder', async () => {
  const elsewhere = { argv: ['sh', join(folder, 'source/a.txt')], cwd: join(folder, 'source'), environment: {} };
  const { diagnostics } = await prepare(recipe(step('', { command: elsewhere })));
  expect(diagnostics[0]?.message).toBe('build failed: `sh a.txt` in source ended with exit code 127');
});

test('a program that is not there is a diagnostic', async () => {
  const absent = step('', { command: { argv: ['no-such-program-here'], cwd: folder, environment: {} } });
  const { diagnostics } = await prepare(recipe(absent));
  expect(diagnostics[0]?.message).toBe(
    'build failed: `no-such-program-here` in the folder of the model ended with exit code 127',
  );
});

test('a step that ends well without making its output is told apart', async () => {
  const { diagnostics } = await prepare(recipe(step('true')));
  expect(diagnostics[0]?.message).toContain('but made.txt is not there afterwards');
});

test('services that share a step wait for one run of it, also of a failing one, also when forced', async () => {
  const shared = recipe(step('sleep 0.2; cp source/a.txt made.txt'));
  const all = await Promise.all([outcomes(shared), outcomes(shared), outcomes(shared)]);
  expect(all.flat().sort()).toEqual(['cached', 'cached', 'ran']);
  await Promise.all([outcomes(shared, { force: true }), outcomes(shared, { force: true })]);
  expect(await timesRun()).toBe(2);
  const failing = recipe(step('sleep 0.2; exit 1'));
  const results = await Promise.all([prepare(failing), prepare(failing), prepare(failing)]);
  expect(results.map(({ diagnostics }) => diagnostics[0]?.code)).toEqual(Array(3).fill('language/prepare-failed'));
  expect(await timesRun()).toBe(3);
});

test('only the named steps run, in turn, with the programs of the recipe in front of PATH', async () => {
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin/own-tool'), '#!/bin/sh\necho own > tool.txt\n', { mode: 0o755 });
  const both = {
    ...recipe(
      step('touch made.txt', { name: 'install', key: 'install' }),
      step('own-tool', { outputs: [], key: 'tool' }),
    ),
    path: [join(folder, 'bin')],
  };
  expect((await prepare(both, { only: ['build'] })).value?.map(({ name }) => name)).toEqual(['build']);
  expect(await readFile(join(folder, 'tool.txt'), 'utf8')).toBe('own\n');
  expect((await prepare(both)).value?.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['install', 'ran'],
    ['build', 'cached'],
  ]);
});

test('what the user has done already is not done again, but recorded', async () => {
  await writeFile(join(folder, 'made.txt'), 'by hand');
  const done = recipe(step('touch made.txt', { alreadyDone: async () => true }));
  expect(await outcomes(done)).toEqual(['cached']);
  expect(await timesRun()).toBe(0);
});

test('a lock of a process that has gone is taken over; one of a living process is waited for', async () => {
  await outcomes(make());
  const [record] = (await readdir(join(folder, 'records'))).filter((name) => name.endsWith('.json'));
  const lock = join(folder, 'records', String(record).replace('.json', '.lock'));
  await writeFile(join(folder, 'source/a.txt'), 'two');
  await writeFile(lock, `${process.pid} another-start`);
  expect(await outcomes(make())).toEqual(['ran']);

  const holder = spawn('sleep', ['300'], { stdio: 'ignore' });
  const started = await import('../../src/host/process-table.ts').then(({ findProcess }) =>
    findProcess(holder.pid ?? 0),
  );
  await writeFile(join(folder, 'source/a.txt'), 'three');
  await writeFile(lock, `${holder.pid} ${started?.started}`);
  const told: string[] = [];
  const waiting = outcomes(make(), { onProgress: (message) => told.push(message) });
  await expect.poll(() => told, { timeout: 10_000 }).toEqual([`waits for process ${holder.pid}, which is at it`]);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await waiting).toEqual(['ran']);
});

test('a broken record counts as none', async () => {
  await outcomes(make());
  for (const name of await readdir(join(folder, 'records')))
    await writeFile(join(folder, 'records', name), '{"digest":');
  expect(await outcomes(make())).toEqual(['ran']);
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
