import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { isRunning, listProcesses } from '../../src/host/process-table.ts';
import { nothingRemains, superviseOutside } from '../runtime/support/outside.ts';
import { simplePlan } from '../runtime/support/plan.ts';
import { freePorts, httpServer, processesOf, temporaryFolder } from '../runtime/support/system.ts';

/** A service with a child, a grandchild and one that left for a session of its own. */
const family = [
  'sh',
  '-c',
  'sleep 1000 & (sleep 1000 & sleep 1000) & setsid sleep 1000 & exec node -e "setInterval(() => {}, 1000)"',
];

describe('reliability 38: the supervisor is SIGKILLed', () => {
  test('its processes are ended, also those that ignore SIGTERM or left their group', async () => {
    const root = await temporaryFolder();
    const [port = 0] = await freePorts(1);
    const plan = simplePlan({
      web: { run: httpServer(), ports: { http: port } },
      family: { run: family },
      stubborn: { run: [process.execPath, '-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"] },
    });
    const outside = await superviseOutside(plan, root);
    for (const name of ['web', 'family', 'stubborn']) await outside.reaches(name, 'ready');
    const { run } = outside.record();
    expect(processesOf(run).length).toBeGreaterThanOrEqual(7);
    outside.child.kill('SIGKILL');
    await nothingRemains(run);

    const again = await superviseOutside(plan, root);
    await again.reaches('web', 'ready');
    expect(again.failure).toBeUndefined();
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  });

  test('at any moment of the start', async () => {
    const plan = simplePlan({
      first: { run: family, before: [['sh', '-c', 'sleep 0.05']] },
      second: { run: family, waits: { first: 'started' } },
      third: { run: family, before: [['sleep', '1000']] },
    });
    const runs = new Set<string>();
    for (let moment = 0; moment <= 420; moment += 35) {
      const outside = await superviseOutside(plan, await temporaryFolder());
      const record = await waitForRecord(outside.record);
      runs.add(record.run);
      await sleep(moment);
      outside.child.kill('SIGKILL');
      await outside.ended;
    }
    expect(runs.size).toBe(13);
    for (const run of runs) await nothingRemains(run);
  });

  test('the watchdog is killed too: the next start ends what was left', async () => {
    const root = await temporaryFolder();
    const plan = simplePlan({ family: { run: family } });
    const outside = await superviseOutside(plan, root);
    await outside.reaches('family', 'ready');
    const { run, supervisor } = outside.record();
    const watchdog = listProcesses().find(
      ({ parent, group, pid }) => parent === supervisor.pid && group === pid && !processesOf(run).includes(pid),
    );
    expect(watchdog).toBeDefined();
    outside.child.kill('SIGSTOP');
    process.kill(watchdog?.pid ?? 0, 'SIGKILL');
    outside.child.kill('SIGKILL');
    await outside.ended;
    const left = processesOf(run);
    expect(left.length).toBeGreaterThanOrEqual(4);
    expect(isRunning(supervisor.pid, supervisor.started)).toBe(false);

    const again = await superviseOutside(plan, root);
    await again.reaches('family', 'ready');
    expect(processesOf(run)).toEqual([]);
    expect(again.record().run).not.toBe(run);
  });

  test('the watchdog alone is killed: another takes its place', async () => {
    const plan = simplePlan({ family: { run: family } });
    const outside = await superviseOutside(plan, await temporaryFolder());
    await outside.reaches('family', 'ready');
    const { run, supervisor } = outside.record();
    const findWatchdog = () =>
      listProcesses().find(
        ({ parent, group, pid, zombie }) =>
          !zombie && parent === supervisor.pid && group === pid && !processesOf(run).includes(pid),
      )?.pid;
    const first = findWatchdog() ?? 0;
    process.kill(first, 'SIGKILL');
    for (let second = findWatchdog(); second === undefined || second === first; second = findWatchdog())
      await sleep(20);
    outside.child.kill('SIGKILL');
    await nothingRemains(run);
  });
});

/** The record is written before the first process is started. */
async function waitForRecord<T>(read: () => T): Promise<T> {
  for (;;) {
    try {
      return read();
    } catch {
      await sleep(2);
    }
  }
}
