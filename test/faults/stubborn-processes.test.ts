import { expect, test } from 'vitest';
import { simplePlan } from '../runtime/support/plan.ts';
import { recordOf } from '../runtime/support/record.ts';
import { eventually, processesOf, startSystem } from '../runtime/support/system.ts';

/** Ignores what asks it to end, and so do its children. */
const ignoring =
  "process.on('SIGTERM', () => {}); process.on('SIGINT', () => {}); process.on('SIGHUP', () => {}); setInterval(() => {}, 1000); console.log('ignoring');";

test('reliability 40: the leader ends and its child ignores SIGTERM; the whole group is gone after the stop', async () => {
  const run = [
    process.execPath,
    '-e',
    `const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(ignoring)}], { stdio: 'inherit' });
     process.on('SIGTERM', () => process.exit()); setInterval(() => {}, 1000); `,
  ];
  const system = await startSystem(simplePlan({ parent: { run } }));
  await eventually('its child runs', () => system.lines('parent').includes('ignoring'));
  await system.settled;
  const { run: id } = recordOf(system.root);
  expect(processesOf(id)).toHaveLength(2);
  const begun = performance.now();
  await system.stop();
  expect(processesOf(id)).toEqual([]);
  // Asked, waited for, and only then killed; still within the time that a whole stop may take.
  const took = performance.now() - begun;
  expect(took).toBeGreaterThan(4_000);
  expect(took).toBeLessThan(10_000);
});

test('a chain of services that all ignore SIGTERM is gone within some ten seconds', async () => {
  const run = [process.execPath, '-e', ignoring];
  const system = await startSystem(
    simplePlan({
      first: { run },
      second: { run, waits: { first: 'started' } },
      third: { run, waits: { second: 'started' } },
      fourth: { run, waits: { third: 'started' } },
    }),
  );
  await system.settled;
  const { run: id } = recordOf(system.root);
  const begun = performance.now();
  await system.stop();
  expect(processesOf(id)).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(11_500);
});

test('a second, impatient stop kills at once', async () => {
  const system = await startSystem(simplePlan({ stubborn: { run: [process.execPath, '-e', ignoring] } }));
  await system.settled;
  const { run: id } = recordOf(system.root);
  const begun = performance.now();
  const first = system.stop();
  await system.stop({ now: true });
  await first;
  expect(performance.now() - begun).toBeLessThan(3_000);
  expect(processesOf(id)).toEqual([]);
});

test('reliability 42: a grandchild that holds the output does not hold up the stop', async () => {
  // It leaves the session, so no signal to the group reaches it, and keeps the pipe of its grandparent open.
  const run = ['sh', '-c', `setsid ${process.execPath} -e "${ignoring}" & exec sleep 1000`];
  const system = await startSystem(simplePlan({ holder: { run } }));
  await system.settled;
  const { run: id } = recordOf(system.root);
  await eventually('both run', () => processesOf(id).length === 2);
  await system.stop();
  expect(processesOf(id)).toEqual([]);
});

test('a leader that ends by itself takes its children along before it is started again', async () => {
  const run = ['sh', '-c', 'sleep 1000 & echo begun; sleep 0.1; exit 3'];
  const system = await startSystem(simplePlan({ parent: { run } }));
  await eventually('it crashed twice', () => system.process('parent').restarts >= 2);
  await system.stop();
  const { length } = system.lines('parent');
  expect(length).toBeGreaterThanOrEqual(2);
  expect(system.codes().slice(0, 2)).toEqual(['runtime/crashed', 'runtime/crashed']);
});
