import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { processTable } from '../../src/cli/output/process-table.ts';
import { widthOf } from '../../src/cli/terminal/width.ts';
import type { ProcessStatus } from '../../src/runtimes/local/status.ts';

const colors = picocolors.createColors(false);
const now = 100_000;

const process = (name: string, rest: Partial<ProcessStatus> = {}): ProcessStatus => ({
  name,
  kind: 'workload',
  state: 'ready',
  addresses: {},
  restarts: 0,
  since: now,
  ...rest,
});

const system: ProcessStatus[] = [
  process('postgres', {
    kind: 'backing',
    addresses: { postgres: 'postgres://127.0.0.1:5432' },
    cpu: 0.4,
    memory: 34 * 1024 ** 2,
  }),
  process('gateway', { addresses: { http: 'http://127.0.0.1:3000' }, cpu: 12.2, memory: 81 * 1024 ** 2, restarts: 2 }),
  process('frontend', { state: 'preparing', since: now - 4200 }),
  process('worker', { state: 'backing-off', detail: 'exit code 1: cannot find module "nats"' }),
];

test('shows each process with what is known of it', () => {
  const progress = new Map([['frontend', 'npm ci']]);
  expect(processTable(system, { colors, now, progress })).toEqual([
    'NAME      STATE          ADDRESS                    RESTARTS   CPU  MEMORY  DETAIL',
    'postgres  ● ready        postgres://127.0.0.1:5432            0.4%   34 Mi',
    'gateway   ● ready        http://127.0.0.1:3000             2   12%   81 Mi',
    'frontend  ◐ preparing                                                       4.2 s  npm ci',
    'worker    ✗ backing-off                                                     exit code 1: cannot find module "nats"',
  ]);
});

test('leaves columns with nothing in them out', () => {
  expect(processTable([process('a'), process('b')], { colors, now })).toEqual([
    'NAME  STATE',
    'a     ● ready',
    'b     ● ready',
  ]);
});

test.each(Array.from({ length: 120 }, (_, index) => index + 1))('is never wider than %i columns', (columns) => {
  for (const line of processTable(system, { colors, now, columns })) expect(widthOf(line)).toBeLessThanOrEqual(columns);
});

test('a narrow terminal loses the least important columns first', () => {
  expect(processTable(system, { colors, now, columns: 50 })).toEqual([
    'NAME      STATE          ADDRESS',
    'postgres  ● ready        postgres://127.0.0.1:5432',
    'gateway   ● ready        http://127.0.0.1:3000',
    'frontend  ◐ preparing',
    'worker    ✗ backing-off',
  ]);
});

test('wide characters take two columns', () => {
  const lines = processTable([process('数据库'), process('b')], { colors, now });
  expect(lines).toEqual(['NAME    STATE', '数据库  ● ready', 'b       ● ready']);
  expect(widthOf('数据库')).toBe(6);
});

test('a short terminal shows a window with the selected process in it', () => {
  const many = Array.from({ length: 20 }, (_, index) => process(`s${index}`));
  expect(processTable(many, { colors, now, rows: 5 })).toEqual([
    'NAME  STATE',
    's0    ● ready',
    's1    ● ready',
    's2    ● ready',
    '… 17 more',
  ]);
  expect(processTable(many, { colors, now, rows: 5, selected: 19 })).toEqual([
    'NAME  STATE',
    's17   ● ready',
    's18   ● ready',
    's19   ● ready',
    '… 17 more',
  ]);
});

test('a detail with line ends and escape codes stays in its line', () => {
  const lines = processTable([process('a', { state: 'failed', detail: 'one\ntwo\x1b[2J\x1b[31m three' })], {
    colors,
    now,
  });
  expect(lines).toEqual(['NAME  STATE     DETAIL', 'a     ✗ failed  one two three']);
});
