import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bootIdentity, findProcess } from '../../src/host/process-table.ts';
import { startWatchdog } from '../../src/host/watchdog.ts';
import type { RunRecord } from '../../src/runtimes/local/record.ts';
import { superviseOutside } from '../runtime/support/outside.ts';
import { simplePlan } from '../runtime/support/plan.ts';
import { temporaryFolder } from '../runtime/support/system.ts';

/** A process of somebody else, leader of its own group. */
function stranger(): { pid: number; started: string } {
  const child = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
  const pid = child.pid ?? 0;
  onTestFinished(() => void child.kill('SIGKILL'));
  return { pid, started: findProcess(pid)?.started ?? '' };
}

const isAlive = ({ pid, started }: { pid: number; started: string }): boolean =>
  findProcess(pid)?.started === started && findProcess(pid)?.zombie === false;

test('reliability 39: the next start touches no stranger that got a recorded process id', async () => {
  const root = await temporaryFolder();
  const plan = simplePlan({ worker: { run: ['sleep', '1000'] } });
  const first = await superviseOutside(plan, root);
  await first.reaches('worker', 'ready');
  const path = join(root, '.gantry/run/local.json');
  const record = JSON.parse(readFileSync(path, 'utf8')) as RunRecord;
  first.child.kill('SIGTERM');
  await first.ended;

  const other = stranger();
  const dead = { pid: other.pid, started: '1', name: 'worker', signal: 'SIGTERM' as const };
  const doctored: RunRecord = { ...record, supervisor: { pid: other.pid, started: '1' }, groups: [dead] };
  writeFileSync(path, JSON.stringify(doctored));
  const second = await superviseOutside(plan, root);
  await second.reaches('worker', 'ready');
  expect(isAlive(other)).toBe(true);
  second.child.kill('SIGTERM');
  await second.ended;

  // The same numbers, start included, of another boot of the machine: nothing of ours can be alive.
  const sameNumbers = { name: 'worker', signal: 'SIGTERM' as const, ...other };
  writeFileSync(path, JSON.stringify({ ...doctored, boot: 'another', supervisor: other, groups: [sameNumbers] }));
  const third = await superviseOutside(plan, root);
  await third.reaches('worker', 'ready');
  expect(third.failure).toBeUndefined();
  expect(isAlive(other)).toBe(true);
});

test('reliability 39: a recorded process that is ours is ended, so the check is no way to spare everything', async () => {
  const root = await temporaryFolder();
  const plan = simplePlan({ worker: { run: ['sleep', '1000'] } });
  const first = await superviseOutside(plan, root);
  await first.reaches('worker', 'ready');
  const path = join(root, '.gantry/run/local.json');
  const record = JSON.parse(readFileSync(path, 'utf8')) as RunRecord;
  first.child.kill('SIGTERM');
  await first.ended;
  const left = stranger();
  writeFileSync(
    path,
    JSON.stringify({ ...record, boot: bootIdentity(), groups: [{ name: 'worker', signal: 'SIGTERM', ...left }] }),
  );
  const second = await superviseOutside(plan, root);
  await second.reaches('worker', 'ready');
  expect(isAlive(left)).toBe(false);
});

test('reliability 39: the watchdog touches no stranger either', async () => {
  const other = stranger();
  const own = stranger();
  const watched = spawnWatching([`add ${other.pid} 1 TERM`, `add ${own.pid} ${own.started} TERM`]);
  await watched;
  expect(isAlive(own)).toBe(false);
  expect(isAlive(other)).toBe(true);
});

/** Runs a watchdog whose supervisor dies right after it said these lines; resolves when the watchdog has ended. */
async function spawnWatching(lines: string[]): Promise<void> {
  const { watchdogScript } = await import('../../src/host/watchdog.ts');
  const child = spawn('/bin/sh', ['-c', watchdogScript, 'gantry-watchdog', 'nobody-has-this-marker'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.stdin?.end(`${lines.join('\n')}\n`);
  await new Promise((resolve) => child.once('exit', resolve));
}

test('a watchdog that is dismissed ends without touching anything', async () => {
  const own = stranger();
  const watchdog = startWatchdog('nobody-has-this-marker');
  watchdog.add(own.pid, own.started, 'SIGTERM');
  await watchdog.dismiss();
  expect(isAlive(own)).toBe(true);
});
