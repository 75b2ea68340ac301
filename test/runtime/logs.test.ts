import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLogFile } from '../../src/host/log-file.ts';
import { type LogLine, readLogs } from '../../src/runtimes/local/logs.ts';
import { simplePlan } from './support/plan.ts';
import { eventually, startSystem, temporaryFolder } from './support/system.ts';

async function all(lines: AsyncIterable<LogLine>): Promise<string[]> {
  const texts: string[] = [];
  for await (const { name, stream, line } of lines) texts.push(`${name} ${stream} ${line}`);
  return texts;
}

test('lines of all services in order of time, chosen by name, time and number, with nothing running', async () => {
  const system = await startSystem(
    simplePlan({
      one: { kind: 'job', run: ['sh', '-c', 'echo first; echo second >&2; printf "no end of line"'] },
      two: { kind: 'job', run: ['sh', '-c', 'echo third'], waits: { one: 'ready' } },
    }),
  );
  await system.settled;
  await system.stop();
  const place = { root: system.root, environment: 'local' };
  const kept = await all(readLogs(place));
  expect(kept.sort()).toEqual([
    'one stderr second',
    'one stdout first',
    'one stdout no end of line',
    'two stdout third',
  ]);
  expect(await all(readLogs({ ...place, names: ['two'] }))).toEqual(['two stdout third']);
  expect(await all(readLogs({ ...place, tail: 1 }))).toEqual(['two stdout third']);
  expect(await all(readLogs({ ...place, tail: 0 }))).toEqual([]);
  expect(await all(readLogs({ ...place, since: Date.now() }))).toEqual([]);
  expect(await all(readLogs({ ...place, names: ['nobody'] }))).toEqual([]);
});

test('following goes on through a rotation and misses or repeats no line', async () => {
  const root = await temporaryFolder();
  const folder = join(root, '.gantry/logs/local');
  mkdirSync(folder, { recursive: true });
  const log = openLogFile(join(folder, 'busy.log'));
  const line = (number: number) => `${new Date().toISOString()} O ${number} ${'x'.repeat(1_000)}`;
  for (let number = 0; number < 100; number++) log.append(line(number));
  await eventually('the first lines are written', () => readdirSync(folder).length > 0);
  const end = new AbortController();
  const seen: number[] = [];
  const following = (async () => {
    for await (const { line: text } of readLogs({ root, environment: 'local', follow: true, signal: end.signal })) {
      seen.push(Number(text.split(' ')[0]));
    }
  })();
  const total = 12_000;
  for (let number = 100; number < total; number++) {
    log.append(line(number));
    if (number % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await log.close();
  await eventually('all is seen', () => seen.length >= total);
  end.abort();
  await following;
  expect(seen).toEqual(Array.from({ length: total }, (_, index) => index));
  expect(readdirSync(folder).sort()).toEqual(['busy.log', 'busy.log.1']);
  expect(statSync(join(folder, 'busy.log.1')).size).toBeLessThan(10 * 1024 * 1024);
});

test('a flood of output with very long lines is kept in pieces and does not block the stop', async () => {
  const system = await startSystem(
    simplePlan({
      flood: {
        run: [
          'node',
          '-e',
          "console.log('y'.repeat(100000)); setInterval(() => process.stdout.write('z'.repeat(65536)), 1)",
        ],
      },
    }),
  );
  await eventually('a lot came', () => system.lines('flood').length > 20);
  expect(Math.max(...system.lines('flood').map(({ length }) => length))).toBeLessThanOrEqual(100_000);
  const begun = performance.now();
  await system.stop();
  expect(performance.now() - begun).toBeLessThan(4_000);
});
