import { expect, test } from 'vitest';
import { backoffAfter } from '../../src/runtimes/local/backoff.ts';
import { simplePlan } from '../runtime/support/plan.ts';
import { eventually, startSystem } from '../runtime/support/system.ts';

test('reliability 41: intervals double from half a second to thirty and are forgotten after a minute of health', () => {
  const delays: number[] = [];
  let failures = 0;
  for (let crash = 0; crash < 9; crash++) {
    const backoff = backoffAfter(failures, 0);
    failures = backoff.failures;
    delays.push(backoff.delay);
  }
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(backoffAfter(8, 59_000).delay).toBe(30_000);
  expect(backoffAfter(8, 60_000)).toEqual({ delay: 500, failures: 1 });
});

test('reliability 41: a crashing service is started at those intervals, with what it last said', async () => {
  const system = await startSystem(simplePlan({ broken: { run: ['sh', '-c', 'echo cannot >&2; exit 7'] } }));
  await eventually('it crashed four times', () => system.process('broken').restarts >= 4);
  const starts = system.events.flatMap((event) =>
    event.type === 'status' && event.process.state === 'starting' ? [event.at] : [],
  );
  const gaps = starts.slice(1, 4).map((at, index) => at - (starts[index] ?? 0));
  for (const [index, expected] of [500, 1_000, 2_000].entries()) {
    expect(gaps[index]).toBeGreaterThanOrEqual(expected - 10);
    expect(gaps[index]).toBeLessThan(expected + 900);
  }
  const crash = system.events.find((event) => event.type === 'diagnostic');
  expect(crash).toMatchObject({
    name: 'broken',
    diagnostic: {
      code: 'runtime/crashed',
      severity: 'warning',
      message: 'broken ended with exit code 7; started again in 0.5 s',
      related: [{ message: 'cannot' }],
    },
  });
  expect(await system.settled).toBe('degraded');
  expect(system.process('broken').detail).toMatch(/^exit code 7; starts again in \d+ s$/);
});

test('who waits for a service that never gets ready waits, and the system says so', async () => {
  const system = await startSystem(
    simplePlan({
      broken: { run: ['false'] },
      waiting: { run: ['sleep', '1000'], waits: { broken: 'ready' } },
    }),
  );
  expect(await system.settled).toBe('degraded');
  expect(system.process('waiting')).toMatchObject({ state: 'waiting', detail: 'waits for broken' });
});
