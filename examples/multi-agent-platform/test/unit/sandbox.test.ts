import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { openSandbox, type Sandbox } from '../../services/execution/src/sandbox.ts';

let folder: string;
let sandbox: Sandbox;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const outfile = join(folder, 'worker.mjs');
  await build({
    entryPoints: [new URL('../../services/execution/src/worker.ts', import.meta.url).pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  sandbox = openSandbox(pathToFileURL(outfile), { timeoutMs: 1500, memoryMb: 24, concurrency: 2 });
});

after(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (source: string, inputs: unknown = null) => sandbox.run({ source, inputs });

test('the last expression is the value, and inputs are there', async () => {
  const { outcome, value, lines } = await run('console.log("working on", inputs); inputs.list.map((n) => n * 2)', {
    list: [1, 2, 3],
  });
  assert.equal(outcome, 'value');
  assert.deepEqual(value, [2, 4, 6]);
  assert.deepEqual(lines, ['working on {"list":[1,2,3]}']);
});

test('nothing is left over from the program before', async () => {
  await run('globalThis.left = 1');
  assert.equal((await run('typeof left')).value, 'undefined');
});

test('an error is told by its name and message', async () => {
  assert.equal((await run('null.x')).error?.startsWith('TypeError: '), true);
  assert.match((await run('let let = 3')).error ?? '', /^SyntaxError: /);
  assert.equal((await run('throw "plain"')).error, 'plain');
});

test('a program that does not end is ended', async () => {
  assert.match((await run('while (true) {}')).error ?? '', /did not end within 1500 ms/);
  assert.match((await run('({ toJSON() { while (true) {} } })')).error ?? '', /did not end within 1500 ms/);
  assert.match(
    (await run('const again = () => Promise.resolve().then(again); again(); 1')).error ?? '',
    /did not end within 1500 ms|memory/,
  );
});

test('a program that grows is ended, and the service lives on', async () => {
  assert.match(
    (await run('const all = []; for (;;) all.push(new Array(10000).fill(all.length))')).error ?? '',
    /memory|did not end/,
  );
  assert.equal((await run('1 + 1')).value, 2);
});

test('a value that is too long, cyclic, or a promise is refused', async () => {
  assert.match((await run('"x".repeat(100000)')).error ?? '', /characters; 65536 are allowed/);
  assert.match((await run('const a = {}; a.a = a; a')).error ?? '', /circular/);
  assert.match((await run('Promise.resolve(1)')).error ?? '', /a promise is not a value/);
});

// Each of these asks for something of the world outside; "nothing" is the only right answer.
const escapes: Record<string, string> = {
  'the process': 'typeof process',
  require: 'typeof require',
  fetch: 'typeof fetch',
  timers: 'typeof setTimeout',
  buffers: 'typeof ArrayBuffer + typeof Uint8Array + typeof WebAssembly',
  'the constructor of the global object':
    'try { this.constructor.constructor("return typeof process")() } catch { "nothing" }',
  'the constructor of a function': 'try { (() => {}).constructor("return typeof process")() } catch { "nothing" }',
  'the console': 'try { console.log.constructor("return typeof process")() } catch { "nothing" }',
  'an error of Node (stack overflow)': `
    const deep = () => deep(); let caught;
    try { deep() } catch (error) { caught = error }
    try { caught.constructor.constructor("return typeof process")() } catch { "nothing" }`,
  'the stack': `
    Error.prepareStackTrace = (_error, frames) => frames;
    const frames = new Error().stack;
    Array.isArray(frames) ? frames.map((frame) => { try { return typeof frame.getThis()?.process + typeof frame.getFunction()?.constructor } catch { return 'nothing' } })
      .some((text) => text.includes('object') || text.includes('function')) ? 'escaped' : 'nothing' : 'nothing'`,
  'a promise': 'try { Promise.resolve().constructor.constructor("return typeof process")() } catch { "nothing" }',
};

for (const [name, source] of Object.entries(escapes)) {
  test(`${name} is out of reach`, async () => {
    const { value, error } = await run(source);
    assert.ok(
      ['undefined', 'undefinedundefinedundefined', 'nothing'].includes(String(value)),
      `value ${value}, error ${error}`,
    );
  });
}

test('import is not answered before the program and its thread are gone', async () => {
  const { value, lines, error } = await run(`
    import('node:fs').then(() => console.log('a module'), (error) => console.log(error.constructor.constructor('return typeof process')()));
    1`);
  assert.equal(value, 1, error);
  assert.deepEqual(lines, []);
});

test('many programs at once all get their own answer', async () => {
  const outcomes = await Promise.all(Array.from({ length: 12 }, (_, index) => run('inputs * inputs', index)));
  assert.deepEqual(
    outcomes.map(({ value }) => value),
    Array.from({ length: 12 }, (_, index) => index * index),
  );
});
