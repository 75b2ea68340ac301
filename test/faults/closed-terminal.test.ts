import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Failure } from '../../src/diagnostics/diagnostic.ts';
import { clearLeftovers, connectSupervisor } from '../../src/runtimes/local/client.ts';
import { startDetached } from '../../src/runtimes/local/detach.ts';
import { nothingRemains, superviseOutside, supervisingProgram } from '../runtime/support/outside.ts';
import { simplePlan } from '../runtime/support/plan.ts';
import { recordOf } from '../runtime/support/record.ts';
import { eventually, freePorts, httpServer, processesOf, temporaryFolder } from '../runtime/support/system.ts';

const family = ['sh', '-c', 'sleep 1000 & exec sleep 1000'];

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s stops the system in good order', async (signal) => {
  const root = await temporaryFolder();
  const outside = await superviseOutside(simplePlan({ family: { run: family } }), root);
  await outside.reaches('family', 'ready');
  const { run } = outside.record();
  outside.child.kill(signal);
  expect(await outside.ended).toBe(0);
  expect(processesOf(run)).toEqual([]);
});

test('the terminal is closed: nothing of an attached system remains', async () => {
  const root = await temporaryFolder();
  const file = join(root, 'supervise.json');
  writeFileSync(file, JSON.stringify({ plan: simplePlan({ family: { run: family } }), root }));
  // `script` gives it a terminal of its own, which ends with it.
  const command = `exec ${process.execPath} ${await supervisingProgram()} ${file}`;
  const terminal = spawn('script', ['-qfec', command, '/dev/null'], { stdio: ['pipe', 'ignore', 'ignore'] });
  onTestFinished(() => void terminal.kill('SIGKILL'));
  const record = await eventually('the family runs', async () => {
    const client = await connectSupervisor(root, 'local');
    return (await client?.status())?.state === 'ready' && recordOf(root);
  });
  await eventually('both run', () => processesOf(record.run).length === 2);
  terminal.kill('SIGKILL');
  await nothingRemains(record.run);
  await eventually('the supervisor ended too', async () => !(await connectSupervisor(root, 'local')));
});

test('a supervisor in the background outlives its starter and is found, asked and stopped', async () => {
  const root = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  const file = join(root, 'supervise.json');
  const plan = simplePlan({ web: { run: httpServer('detached'), ports: { http: port } } });
  writeFileSync(file, JSON.stringify({ plan, root, detached: true }));
  const argv = [process.execPath, await supervisingProgram(), file];
  const client = await (await startDetached({ argv, root, environment: 'local' })).handOver({});
  onTestFinished(() => client.stop().catch(() => {}));
  expect(client.pid).not.toBe(process.pid);
  const seen: string[] = [];
  for await (const event of client.events()) {
    seen.push(event.type === 'system' ? `system ${event.state}` : event.type);
    if (event.type === 'system' && event.state === 'ready') break;
  }
  expect(seen.slice(0, 2)).toEqual(['status', expect.stringMatching(/^system/)]);
  expect(await client.status()).toMatchObject({ system: 'test', state: 'ready', supervisor: { detached: true } });
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toContain('detached');

  const again = await startDetached({ argv, root, environment: 'local' });
  const second = await again.handOver({}).catch((error: unknown) => error);
  expect((second as Failure).diagnostics).toMatchObject([
    { code: 'runtime/already-running', message: `test (local) already runs, supervised by process ${client.pid}` },
  ]);

  const { pid: before } = (await client.status()).processes[0] ?? {};
  await client.restart(['web']);
  const [after] = (await client.status()).processes;
  expect(after).toMatchObject({ state: 'ready' });
  expect(after?.pid).not.toBe(before);
  const unknown = await client.restart(['wbe']).catch((error: unknown) => error);
  expect((unknown as Failure).diagnostics).toMatchObject([{ code: 'runtime/unknown-name', nearest: 'web' }]);

  const { run } = recordOf(root);
  await client.stop();
  expect(processesOf(run)).toEqual([]);
  expect(await connectSupervisor(root, 'local')).toBeUndefined();
});

test('a supervisor whose socket was cleaned away is stopped all the same', async () => {
  const root = await temporaryFolder();
  const outside = await superviseOutside(simplePlan({ family: { run: family } }), root);
  await outside.reaches('family', 'ready');
  const { run, socket } = outside.record();
  rmSync(socket);
  const client = await connectSupervisor(root, 'local');
  await client?.stop();
  expect(await outside.ended).toBe(0);
  expect(processesOf(run)).toEqual([]);
});

test('a background command that says nothing, or fails, is told with its output', async () => {
  const root = await temporaryFolder();
  const argv = [process.execPath, '-e', "console.error('no such thing'); process.exit(4)"];
  const start = await startDetached({ argv, root, environment: 'local' });
  const failure = await start.handOver({}).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect((failure as Failure).diagnostics).toMatchObject([
    {
      code: 'runtime/detach-failed',
      message: 'the supervisor in the background ended with exit code 4',
      related: [{ message: 'no such thing' }],
    },
  ]);
});

test('down after a killed supervisor and a killed watchdog ends what is left', async () => {
  const root = await temporaryFolder();
  const outside = await superviseOutside(simplePlan({ family: { run: family } }), root);
  await outside.reaches('family', 'ready');
  const { run, supervisor } = outside.record();
  outside.child.kill('SIGKILL');
  await outside.ended;
  expect(await connectSupervisor(root, 'local')).toBeUndefined();
  expect(await clearLeftovers(root, 'local')).toEqual({ system: 'test', environment: 'local' });
  expect(await clearLeftovers(root, 'local')).toBeUndefined();
  expect(processesOf(run)).toEqual([]);
  expect(supervisor.pid).toBe(outside.child.pid);
});
