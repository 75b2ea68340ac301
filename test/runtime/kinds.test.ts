import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nextRun } from '../../src/runtimes/local/schedule.ts';
import { simplePlan } from './support/plan.ts';
import { eventually, startSystem } from './support/system.ts';

test('a job runs to its end, once, and others wait for that', async () => {
  const system = await startSystem(
    simplePlan({
      job: { kind: 'job', run: ['sh', '-c', 'sleep 0.2; touch done; echo did it'] },
      after: { run: ['sh', '-c', 'test -e done && echo found && exec sleep 1000'], waits: { job: 'ready' } },
    }),
  );
  expect(await system.settled).toBe('ready');
  expect(system.process('job')).toMatchObject({ state: 'completed', restarts: 0 });
  expect(system.lines('job')).toEqual(['did it']);
  expect(system.lines('after')).toEqual(['found']);
  expect(existsSync(join(system.root, 'done'))).toBe(true);
});

test('a job that fails is told with its output and not repeated', async () => {
  const system = await startSystem(simplePlan({ job: { kind: 'job', run: ['sh', '-c', 'echo no luck >&2; exit 9'] } }));
  expect(await system.settled).toBe('degraded');
  expect(system.process('job')).toMatchObject({ state: 'failed', detail: 'the job job ended with exit code 9' });
  expect(system.events.find((event) => event.type === 'diagnostic')).toMatchObject({
    diagnostic: { code: 'runtime/job-failed', related: [{ message: 'no luck' }] },
  });
});

test('a cron workload says when it runs next, and runs now when it is restarted by hand', async () => {
  const system = await startSystem(
    simplePlan({ report: { kind: 'cron', schedule: '0 3 1 1 *', run: ['sh', '-c', 'echo reported'] } }),
  );
  expect(await system.settled).toBe('ready');
  expect(system.lines('report')).toEqual([]);
  expect(system.process('report').detail).toMatch(/^runs next at \d{4}-01-01T03:00Z$/);
  await system.restart(['report']);
  await eventually('it ran', () => system.lines('report').length === 1);
  expect(nextRun('30 12 * * *', Date.UTC(2026, 0, 1, 12, 30))).toBe(Date.UTC(2026, 0, 2, 12, 30));
});

test('a before command that fails keeps the service from starting; restart tries again', async () => {
  const system = await startSystem(
    simplePlan({
      app: {
        run: ['sleep', '1000'],
        before: [
          ['sh', '-c', 'echo first'],
          ['sh', '-c', 'test -e allowed || { echo "relation does not exist" >&2; exit 2; }'],
        ],
      },
    }),
  );
  expect(await system.settled).toBe('degraded');
  expect(system.process('app').state).toBe('failed');
  expect(system.events.find((event) => event.type === 'diagnostic')).toMatchObject({
    diagnostic: {
      code: 'runtime/before-failed',
      cure: 'correct it, then `gantry restart app`',
      related: [{ message: 'relation does not exist' }],
    },
  });
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(system.root, 'allowed'), '');
  await system.restart(['app']);
  expect(system.process('app').state).toBe('ready');
});

test('a program that is not there is one diagnostic, not a crash loop', async () => {
  const system = await startSystem(simplePlan({ app: { run: ['no-such-program-here', '--flag'] } }));
  expect(await system.settled).toBe('degraded');
  expect(system.process('app')).toMatchObject({ state: 'failed', restarts: 0 });
  expect(system.codes()).toEqual(['runtime/cannot-start']);
});

test('an image without a command for this machine is refused before anything starts', async () => {
  const plan = simplePlan({ image: { run: [], dev: { command: undefined } }, worker: { run: ['sleep', '1000'] } });
  await expect(startSystem(plan)).rejects.toMatchObject({ diagnostics: [{ code: 'runtime/nothing-to-run' }] });
});
