import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { liveFrame } from '../../src/cli/live/live-frame.ts';
import { pressKey } from '../../src/cli/live/live-keys.ts';
import { applyEvent, initialState, type LiveState, takeStatus, wants } from '../../src/cli/live/live-state.ts';
import { widthOf } from '../../src/cli/terminal/width.ts';
import type { ProcessStatus, SystemStatus } from '../../src/runtimes/local/status.ts';

const colors = picocolors.createColors(false);

const process = (name: string, rest: Partial<ProcessStatus> = {}): ProcessStatus => ({
  name,
  kind: 'workload',
  state: 'starting',
  addresses: {},
  restarts: 0,
  since: 0,
  ...rest,
});

const status = (...names: string[]): SystemStatus => ({
  system: 'shop',
  environment: 'local',
  root: '/shop',
  supervisor: { pid: 1, startedAt: 0, detached: false },
  state: 'starting',
  processes: names.map((name) => process(name)),
  routes: [],
});

const press = (state: LiveState, ...names: string[]) =>
  names.map((name) => pressKey(state, { name: name.length > 1 ? name : undefined, sequence: name })).at(-1);

const frame = (state: LiveState, columns = 100, rows = 24, now = 4000) =>
  liveFrame(state, { colors, columns, rows, now, attached: false });

test('shows the processes, how many are ready, and the keys', () => {
  const state = initialState(status('db', 'api'), 0);
  applyEvent(state, {
    type: 'status',
    at: 1,
    process: process('db', { state: 'ready', addresses: { tcp: 'tcp://127.0.0.1:1' } }),
  });
  expect(frame(state, 80)).toEqual(
    [
      '─'.repeat(79),
      'NAME  STATE       ADDRESS            DETAIL',
      'db    ● ready     tcp://127.0.0.1:1',
      'api   ◐ starting                     4.0 s',
      'shop 1/2 ready · 4.0 s         ? help  f filter  r restart  o open  q quit',
    ].map((line, index) =>
      index === 4 ? `shop 1/2 ready · 4.0 s   ${'? help  f filter  r restart  o open  q quit'.padStart(54)}` : line,
    ),
  );
});

test('says how long it took once everything is ready', () => {
  const state = initialState(status('api'), 1000);
  applyEvent(state, { type: 'system', at: 4200, state: 'ready' });
  expect(frame(state).at(-1)).toContain('ready in 3.2 s');
});

test('shows the last message of a long step until it is over', () => {
  const state = initialState(status('api'), 0);
  applyEvent(state, { type: 'status', at: 1, process: process('api', { state: 'preparing' }) });
  applyEvent(state, { type: 'progress', at: 2, name: 'api', message: 'npm ci: added 12 packages' });
  expect(frame(state).join('\n')).toContain('4.0 s  npm ci: added 12 packages');
  applyEvent(state, { type: 'status', at: 3, process: process('api', { state: 'ready' }) });
  expect(frame(state).join('\n')).not.toContain('npm ci');
});

test.each([
  [200, 50],
  [80, 24],
  [40, 10],
  [20, 5],
  [10, 3],
  [3, 2],
  [1, 1],
])('fits a terminal of %i columns and %i rows', (columns, rows) => {
  const state = initialState(status(...Array.from({ length: 30 }, (_, index) => `service-${index}`)), 0);
  press(state, '?');
  const lines = frame(state, columns, rows);
  expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
});

test('arrows and j k choose, f shows only the lines of the chosen one, escape undoes all', () => {
  const state = initialState(status('db', 'api'), 0);
  press(state, 'down', 'j');
  expect(state.selected).toBe(1);
  expect(press(state, 'f')).toEqual({ type: 'recall' });
  expect(wants(state, { name: 'db', line: 'x' })).toBe(false);
  expect(wants(state, { name: 'api', line: 'x' })).toBe(true);
  expect(press(state, 'escape')).toEqual({ type: 'recall' });
  expect(wants(state, { name: 'db', line: 'x' })).toBe(true);
  expect(state.selected).toBeUndefined();
});

test('r restarts the chosen one and says what is missing without one', () => {
  const state = initialState(status('db', 'api'), 0);
  expect(press(state, 'r')).toEqual({ type: 'redraw' });
  expect(frame(state).at(-1)).toContain('choose a service with ↑ ↓ to restart it');
  press(state, 'k');
  expect(press(state, 'r')).toEqual({ type: 'restart', name: 'api' });
});

test('/ takes a text, letters that are keys included', () => {
  const state = initialState(status('db'), 0);
  press(state, '/', 'q', 'r', 'x', 'backspace');
  expect(state.search).toBe('qr');
  expect(frame(state).at(-1)).toBe('/qr▏');
  expect(press(state, 'return')).toEqual({ type: 'recall' });
  expect(wants(state, { name: 'db', line: 'a QR code' })).toBe(true);
  expect(wants(state, { name: 'db', line: 'nothing' })).toBe(false);
});

test('q and ctrl-C quit', () => {
  const state = initialState(status('db'), 0);
  expect(press(state, 'q')).toEqual({ type: 'quit' });
  expect(pressKey(state, { name: 'c', ctrl: true, sequence: '\x03' })).toEqual({ type: 'quit' });
});

test('the choice stays on its process when the model changes', () => {
  const state = initialState(status('db', 'api'), 0);
  press(state, 'j', 'j');
  takeStatus(state, status('queue', 'db', 'cache', 'api'));
  expect(state.selected).toBe(3);
  takeStatus(state, status('db'));
  expect(state.selected).toBeUndefined();
});
