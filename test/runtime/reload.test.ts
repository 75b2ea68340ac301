import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simplePlan } from './support/plan.ts';
import { eventually, freePorts, startSystem, temporaryFolder } from './support/system.ts';

/** A service of no known language: a script that serves the text that it has in it. */
const script = (text: string) =>
  `require('node:http').createServer((request, response) => response.end('${text}')).listen(process.env.PORT, process.env.HOST);`;

const source = { context: 'app', folder: 'app' };

const answer = async (port: number): Promise<string> => {
  try {
    return await (await fetch(`http://127.0.0.1:${port}`)).text();
  } catch {
    return '';
  }
};

test('an edit restarts its service and no other', async () => {
  const root = await temporaryFolder();
  const [port = 0, other = 0] = await freePorts(2);
  mkdirSync(join(root, 'app'));
  mkdirSync(join(root, 'other'));
  writeFileSync(join(root, 'app/main.cjs'), script('one'));
  writeFileSync(join(root, 'other/main.cjs'), script('other'));
  const run = ['node', 'main.cjs'];
  const system = await startSystem(
    simplePlan({
      app: { run, source, ports: { http: port } },
      other: { run, source: { context: 'other', folder: 'other' }, ports: { http: other } },
    }),
    { root },
  );
  await system.settled;
  const { pid } = system.process('other');
  expect(await answer(port)).toBe('one');
  writeFileSync(join(root, 'app/main.cjs'), script('two'));
  await eventually('the edit is served', async () => (await answer(port)) === 'two');
  await system.reaches('app', 'ready');
  expect(system.process('app').restarts).toBe(0);
  expect(system.process('other').pid).toBe(pid);
  expect(system.codes()).toEqual([]);
});

test('a mistake is told, and the next edit starts the service without waiting for the backoff', async () => {
  const root = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  mkdirSync(join(root, 'app'));
  writeFileSync(join(root, 'app/main.cjs'), script('one'));
  const system = await startSystem(simplePlan({ app: { run: ['node', 'main.cjs'], source, ports: { http: port } } }), {
    root,
  });
  await system.settled;
  writeFileSync(join(root, 'app/main.cjs'), 'this is no program(');
  // Deep in its crash loop, where the next start is far away.
  await eventually('it crashed three times', () => system.process('app').restarts >= 3);
  await system.reaches('app', 'backing-off');
  const begun = performance.now();
  writeFileSync(join(root, 'app/main.cjs'), script('three'));
  await eventually('the edit is served', async () => (await answer(port)) === 'three');
  expect(performance.now() - begun).toBeLessThan(1_900);
});

test('a failed service is started again by an edit; ignored files and switched-off watching start nothing', async () => {
  const root = await temporaryFolder();
  const [port = 0, quiet = 0] = await freePorts(2);
  mkdirSync(join(root, 'app/node_modules'), { recursive: true });
  writeFileSync(join(root, 'app/main.cjs'), script('one'));
  writeFileSync(join(root, 'app/check.cjs'), 'process.exit(1)');
  const run = ['node', 'main.cjs'];
  const system = await startSystem(
    simplePlan({
      app: { run, source, ports: { http: port }, before: [['node', 'check.cjs']], dev: { ignore: ['*.txt'] } },
      quiet: { run, source, ports: { http: quiet }, dev: { reload: false } },
    }),
    { root },
  );
  expect(await system.settled).toBe('degraded');
  await system.reaches('app', 'failed');
  expect(system.codes()).toEqual(['runtime/before-failed']);
  writeFileSync(join(root, 'app/check.cjs'), "console.log('checked')");
  await system.reaches('app', 'ready');
  const { pid } = system.process('app');
  const { pid: quietPid } = system.process('quiet');
  writeFileSync(join(root, 'app/node_modules/package.js'), '');
  writeFileSync(join(root, 'app/notes.txt'), '');
  // A change that counts, after those that do not: what it starts is the proof that they were seen and passed over.
  writeFileSync(join(root, 'app/main.cjs'), script('two'));
  await eventually('the edit is served', async () => (await answer(port)) === 'two');
  const reloads = system.events.filter(
    (event) => event.type === 'status' && event.process.name === 'app' && event.process.state === 'reloading',
  );
  expect(reloads).toHaveLength(1);
  expect(system.process('app').pid).not.toBe(pid);
  expect(system.process('quiet').pid).toBe(quietPid);
  // Its check was not changed since it passed, so it did not run again.
  expect(system.lines('app').filter((line) => line === 'checked')).toHaveLength(1);
  writeFileSync(join(root, 'app/check.cjs'), "console.log('checked again')");
  await eventually('the changed check runs', () => system.lines('app').includes('checked again'));
});

test('a service that writes a watched file at each start is not restarted without end', async () => {
  const root = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  mkdirSync(join(root, 'app'));
  const writing = `require('node:fs').writeFileSync('state.db', String(Date.now())); ${script('one')}`;
  writeFileSync(join(root, 'app/main.cjs'), writing);
  const system = await startSystem(simplePlan({ app: { run: ['node', 'main.cjs'], source, ports: { http: port } } }), {
    root,
  });
  await eventually('the loop is seen', () => system.codes().includes('runtime/writes-watched'));
  const told = system.events.find((event) => event.type === 'diagnostic');
  expect(told).toMatchObject({
    diagnostic: { message: expect.stringContaining('app writes app/state.db at each start') },
  });
  await system.reaches('app', 'ready');
  const { pid } = system.process('app');
  // Its sources are still watched.
  writeFileSync(join(root, 'app/main.cjs'), `require('node:fs').writeFileSync('state.db', '2'); ${script('two')}`);
  await eventually('the edit is served', async () => (await answer(port)) === 'two');
  await system.reaches('app', 'ready');
  expect(system.process('app').pid).not.toBe(pid);
  expect(system.codes()).toEqual(['runtime/writes-watched']);
});

test('an edit in the moment of the start is not missed', async () => {
  const root = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  mkdirSync(join(root, 'app'));
  writeFileSync(join(root, 'app/main.cjs'), script('one'));
  const system = await startSystem(simplePlan({ app: { run: ['node', 'main.cjs'], source, ports: { http: port } } }), {
    root,
  });
  await eventually('it answers', async () => (await answer(port)) === 'one');
  writeFileSync(join(root, 'app/main.cjs'), script('two'));
  await eventually('the edit is served', async () => (await answer(port)) === 'two');
  expect(system.codes()).toEqual([]);
});
