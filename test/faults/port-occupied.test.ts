import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { simplePlan } from '../runtime/support/plan.ts';
import { eventually, freePorts, httpServer, startSystem, temporaryFolder } from '../runtime/support/system.ts';

const portWarning = (events: { type: string; diagnostic?: unknown }[]) =>
  events.find((event) => event.type === 'diagnostic')?.diagnostic;

test('reliability 43: the occupant of a port is named, and the service gets a port nearby that it keeps', async () => {
  const [port = 0] = await freePorts(1);
  const occupant = spawn(process.execPath, [
    '-e',
    `require('node:net').createServer().listen(${port}, '127.0.0.1', () => console.log('up'))`,
  ]);
  onTestFinished(() => void occupant.kill('SIGKILL'));
  await new Promise((resolve) => occupant.stdout.once('data', resolve));
  const root = await temporaryFolder();
  const plan = simplePlan({ web: { run: httpServer(), ports: { http: port } } });
  const system = await startSystem(plan, { root });
  await system.settled;
  const given = Number(new URL(system.process('web').addresses['http'] ?? '').port);
  expect(given).toBeGreaterThan(port);
  expect(given).toBeLessThan(port + 50);
  expect(portWarning(system.events)).toEqual({
    code: 'runtime/port-taken',
    severity: 'warning',
    message: `web has port ${given}, because process ${occupant.pid} (node) listens on ${port}`,
    cure: `stop process ${occupant.pid}, or choose another port with \`dev: {port: …}\``,
  });
  expect((await fetch(`http://127.0.0.1:${given}`)).status).toBe(200);
  await system.stop();

  const again = await startSystem(plan, { root });
  await again.settled;
  expect(again.process('web').addresses['http']).toBe(`http://localhost:${given}`);
  await again.stop();

  occupant.kill('SIGKILL');
  await new Promise((resolve) => occupant.once('exit', resolve));
  const free = await startSystem(plan, { root });
  await free.settled;
  expect(free.process('web').addresses['http']).toBe(`http://localhost:${port}`);
  expect(free.codes()).toEqual([]);
});

test('an occupant on all addresses, or on IPv6 alone, is in the way too', async () => {
  for (const host of ['0.0.0.0', '::', '::1']) {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, host, resolve);
    });
    const { port } = server.address() as { port: number };
    const system = await startSystem(simplePlan({ web: { run: httpServer(), ports: { http: port } } }));
    await system.settled;
    expect(system.codes()).toEqual(['runtime/port-taken']);
    await system.stop();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('two systems side by side: the second is told whose port it wanted, and both answer', async () => {
  const [port = 0] = await freePorts(1);
  const plan = (system: string) => simplePlan({ web: { run: httpServer(system), ports: { http: port } } }, { system });
  const first = await startSystem(plan('first'));
  await first.settled;
  const second = await startSystem(plan('second'));
  await second.settled;
  const address = second.process('web').addresses['http'] ?? '';
  expect(portWarning(second.events)).toMatchObject({
    message: `web has port ${new URL(address).port}, because web of first (process ${first.process('web').pid}) listens on ${port}`,
    cure: 'stop that system, or leave both running',
  });
  expect(await (await fetch(address)).text()).toContain('second');
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toContain('first');
});

test('a port that is taken after it was chosen: the service moves, and who calls it is told the new address', async () => {
  const root = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  const system = await startSystem(
    simplePlan({
      web: {
        run: httpServer(),
        ports: { http: port },
        before: [['sh', '-c', 'until test -e go; do sleep 0.05; done']],
      },
      caller: {
        run: ['sh', '-c', 'echo "$WEB_URL"; exec sleep 1000'],
        waits: { web: 'started' },
        environment: { WEB_URL: [{ kind: 'workload', name: 'web', attribute: 'url' }] },
      },
    }),
    { root },
  );
  const thief = createServer();
  await new Promise<void>((resolve) => thief.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void thief.close());
  writeFileSync(join(root, 'go'), '');
  const address = await eventually('it is ready elsewhere', () => {
    const { state, addresses } = system.process('web');
    return state === 'ready' && addresses['http'] !== `http://localhost:${port}` && addresses['http'];
  });
  const told = address.replace('localhost', '127.0.0.1');
  await eventually('its caller knows', () => system.lines('caller').at(-1) === told);
  expect(system.codes()).toContain('runtime/port-taken');
  expect((await fetch(address)).status).toBe(200);
});

test('stopped for a move is not stuck: whoever waits for the start goes on waiting', async () => {
  const root = await temporaryFolder();
  const [port = 0, other = 0] = await freePorts(2);
  // Still being built when the database moves: its build is broken off and begun again.
  mkdirSync(join(root, 'api'));
  const scripts = { build: 'node build.js', start: 'node main.js' };
  writeFileSync(join(root, 'api/package.json'), JSON.stringify({ name: 'api', version: '1.0.0', scripts }));
  writeFileSync(join(root, 'api/build.js'), `setTimeout(() => {}, 3000);`);
  writeFileSync(
    join(root, 'api/main.js'),
    `require('node:http').createServer((request, response) => response.end()).listen(process.env.PORT, process.env.HOST);`,
  );
  const thief = createServer();
  onTestFinished(() => void thief.close());
  const database = {
    run: httpServer(),
    ports: { http: port },
    before: [['sh', '-c', 'touch begun; until test -e go; do sleep 0.05; done']],
  };
  const api = {
    run: [],
    dev: { command: undefined },
    source: { context: 'api', folder: 'api' },
    ports: { http: other },
    waits: { database: 'ready' as const },
    environment: { DATABASE_URL: [{ kind: 'workload' as const, name: 'database', attribute: 'url' }] },
  };
  const system = await startSystem(simplePlan({ database, api }), { root });
  await eventually('the database is about to start', () => existsSync(join(root, 'begun')));
  await new Promise<void>((resolve) => thief.listen(port, '127.0.0.1', resolve));
  writeFileSync(join(root, 'go'), '');
  expect(await system.settled).toBe('ready');
  expect(system.codes()).toContain('runtime/port-taken');
});

test('a second clone of a system gets one warning for all its ports', async () => {
  const ports = await freePorts(2);
  const web = { run: httpServer(), ports: { http: ports[0] ?? 0 } };
  const plan = simplePlan({ web, api: { run: httpServer(), ports: { http: ports[1] ?? 0 } } }, { system: 'shop' });
  const first = await startSystem(plan);
  await first.settled;
  const second = await startSystem(plan);
  await second.settled;
  expect(second.codes()).toEqual(['runtime/port-taken']);
  expect(portWarning(second.events)).toMatchObject({
    message: `2 services have other ports than they want, because shop runs in ${first.root}`,
    related: [
      { message: expect.stringMatching(`^web: \\d+ instead of ${ports[0]}$`) },
      { message: expect.stringMatching(`^api: \\d+ instead of ${ports[1]}$`) },
    ],
  });
});

test('two services that want one port: the first declared has it, the other a neighbour that nobody else wants', async () => {
  const [port = 0] = await freePorts(1);
  const root = await temporaryFolder();
  const plan = simplePlan({
    orchestration: { run: httpServer('orchestration'), ports: { http: port } },
    next: { run: httpServer('next'), ports: { http: port + 1 } },
    frontend: { run: httpServer('frontend'), ports: { http: port } },
  });
  const system = await startSystem(plan, { root });
  await system.settled;
  expect(system.process('orchestration').addresses['http']).toBe(`http://localhost:${port}`);
  const frontend = system.process('frontend').addresses['http'] ?? '';
  expect(Number(new URL(frontend).port)).toBeGreaterThan(port + 1);
  await eventually('it answers', async () => (await (await fetch(frontend)).text()).startsWith('frontend'));
  expect(system.codes()).toContain('runtime/port-shared');
  const remembered = JSON.parse(readFileSync(join(root, '.gantry/ports/local.json'), 'utf8'));
  expect(remembered['frontend/http']).toBe(Number(new URL(frontend).port));
});
