import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { killGroup, run } from '../../src/host/run.ts';

/** A program that prepares one shared step and tells how that went. */
const program = (folder: string) => `
import { prepareService } from '${join(import.meta.dirname, '../../src/languages/prepare.ts')}';
const folder = ${JSON.stringify(folder)};
const command = { argv: ['sh', '-c', 'echo ran >> ran.txt; sleep "$SECONDS_OF_WORK"; touch made.txt'], cwd: folder, environment: {} };
const step = { name: 'install', command, key: 'install', inputs: [], facts: [], ignore: [], outputs: [folder + '/made.txt'] };
const recipe = { requires: [], prepare: [step], run: command, path: [], reload: { kind: 'none' } };
const { value } = await prepareService(recipe, { root: folder, recordsFolder: folder + '/records' });
console.log(value?.[0]?.outcome);
`;

async function prepared() {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-two-'));
  await writeFile(join(folder, 'program.ts'), program(folder));
  const file = join(folder, 'program.mjs');
  await build({
    entryPoints: [join(folder, 'program.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: file,
    external: ['semver'],
  });
  const start = (seconds: number, onStart?: (pid: number) => void) =>
    run(['node', file], { environment: { ...process.env, SECONDS_OF_WORK: String(seconds) }, onStart });
  const timesRun = async () => (await readFile(join(folder, 'ran.txt'), 'utf8').catch(() => '')).split('\n').length - 1;
  return { folder, start, timesRun };
}

test('two processes that want one step at the same time run it once', async () => {
  const { folder, start, timesRun } = await prepared();
  try {
    const results = await Promise.all([start(0.5), start(0.5), start(0.5)]);
    expect(results.map(({ stdout, stderr }) => stdout + stderr).sort()).toEqual(['cached', 'cached', 'ran']);
    expect(await timesRun()).toBe(1);
  } finally {
    await rm(folder, { recursive: true });
  }
});

// What it was working on is found by /proc.
test.skipIf(process.platform !== 'linux')(
  'a Gantry that is killed in the middle leaves neither a lock nor a step that counts',
  async () => {
    const { folder, start, timesRun } = await prepared();
    try {
      let pid = 0;
      const killed = start(300, (started) => {
        pid = started;
      });
      await expect.poll(timesRun, { timeout: 20_000 }).toBe(1);
      killGroup(pid, 'SIGKILL');
      // The step itself has a group of its own, which the watchdog of the supervisor would end; here its folder tells it.
      await run([
        'sh',
        '-c',
        `for p in /proc/[0-9]*; do [ "$(readlink $p/cwd)" = "${folder}" ] && kill -9 "\${p#/proc/}"; done; true`,
      ]);
      expect((await killed).code).toBe(137);
      expect((await start(0)).stdout).toBe('ran');
      expect((await start(0)).stdout).toBe('cached');
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
