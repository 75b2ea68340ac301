import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { announcer } from '../../src/cli/output/announce.ts';
import type { ProcessStatus } from '../../src/runtimes/local/status.ts';

const announce = (options: Partial<Parameters<typeof announcer>[0]> = {}) =>
  announcer({
    colors: picocolors.createColors(false),
    width: 7,
    progress: true,
    format: ({ message }) => [`! ${message}`],
    ...options,
  });

const api = (rest: Partial<ProcessStatus>): ProcessStatus => ({
  name: 'api',
  kind: 'workload',
  state: 'waiting',
  addresses: {},
  restarts: 0,
  since: 0,
  ...rest,
});

test('one line for each change of state, with the address and how long it took', () => {
  const lines = announce();
  expect(lines({ type: 'status', at: 0, process: api({ detail: 'waits for db' }) })).toEqual([
    'api     * waiting  waits for db',
  ]);
  expect(lines({ type: 'status', at: 1, process: api({ state: 'starting' }) })).toEqual(['api     * starting']);
  expect(lines({ type: 'status', at: 2, process: api({ state: 'starting', cpu: 3 }) })).toEqual([]);
  const ready = api({ state: 'ready', addresses: { http: 'http://localhost:3000' } });
  expect(lines({ type: 'status', at: 1500, process: ready })).toEqual([
    'api     * ready after 1.5 s  http://localhost:3000',
  ]);
});

test('output of services loses its escape codes where there are no colours', () => {
  expect(announce()({ type: 'log', at: 0, name: 'api', stream: 'stdout', line: '\x1b[2J\x1b[31mred\x1b[0m' })).toEqual([
    'api     | red',
  ]);
});

test('a long step speaks at once, then every five seconds, and at once again in its next state', () => {
  const lines = announce();
  const said = (at: number) => lines({ type: 'progress', at, name: 'api', message: `npm ci ${at}` });
  lines({ type: 'status', at: 0, process: api({ state: 'preparing' }) });
  expect(said(0)).toEqual(['api     > npm ci 0']);
  expect(said(4999)).toEqual([]);
  expect(said(5000)).toEqual(['api     > npm ci 5000']);
  lines({ type: 'status', at: 5001, process: api({ state: 'starting' }) });
  expect(said(5002)).toEqual(['api     > npm ci 5002']);
});

test('beside a table only what needs attention is said', () => {
  const lines = announce({ states: ['failed'], progress: false });
  expect(lines({ type: 'status', at: 0, process: api({ state: 'starting' }) })).toEqual([]);
  expect(lines({ type: 'progress', at: 0, name: 'api', message: 'npm ci' })).toEqual([]);
  expect(lines({ type: 'status', at: 0, process: api({ state: 'failed', detail: 'no such\nfile' }) })).toEqual([
    'api     * failed  no such file',
  ]);
});
