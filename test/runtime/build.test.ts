import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simplePlan } from './support/plan.ts';
import { eventually, freePorts, startSystem, temporaryFolder } from './support/system.ts';

/** A Node service that is built: its one source file is copied to dist, unless it says FAIL. */
function writeService(root: string): void {
  mkdirSync(join(root, 'app/src'), { recursive: true });
  writeFileSync(
    join(root, 'app/package.json'),
    JSON.stringify({
      name: 'app',
      version: '1.0.0',
      type: 'commonjs',
      scripts: { build: 'node build.js', start: 'node dist/main.js' },
    }),
  );
  writeFileSync(
    join(root, 'app/build.js'),
    `const fs = require('node:fs');
     const text = fs.readFileSync('src/main.js', 'utf8');
     if (text.includes('FAIL')) { console.error('src/main.js: cannot build this'); process.exit(1); }
     fs.mkdirSync('dist', { recursive: true });
     fs.writeFileSync('dist/main.js', text);
     fs.appendFileSync('builds.log', 'x');`,
  );
}

const main = (text: string) =>
  `require('node:http').createServer((request, response) => response.end('${text}')).listen(process.env.PORT, process.env.HOST);`;

test('a change is built while the old process serves; what cannot be built leaves it running', async () => {
  const root = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  writeService(root);
  writeFileSync(join(root, 'app/src/main.js'), main('one'));
  const plan = simplePlan({
    app: { run: [], dev: { command: undefined }, source: { context: 'app', folder: 'app' }, ports: { http: port } },
  });
  const system = await startSystem(plan, { root });
  expect(await system.settled).toBe('ready');
  const answer = async () => (await fetch(`http://127.0.0.1:${port}`)).text();
  expect(await answer()).toBe('one');
  const { pid } = system.process('app');

  writeFileSync(join(root, 'app/src/main.js'), 'FAIL');
  await eventually('the failure is told', () => system.codes().includes('language/prepare-failed'));
  expect(system.process('app')).toMatchObject({ state: 'ready', pid, detail: 'the last change could not be built' });
  expect(await answer()).toBe('one');
  const failure = system.events.find((event) => event.type === 'diagnostic');
  expect(JSON.stringify(failure)).toContain('cannot build this');

  writeFileSync(join(root, 'app/src/main.js'), main('two'));
  await eventually('the change is served', async () => (await answer().catch(() => '')) === 'two');
  await system.stop();
  const builds = readFileSync(join(root, 'app/builds.log'), 'utf8').length;

  const again = await startSystem(plan, { root });
  await again.settled;
  expect(await answer()).toBe('two');
  // Nothing changed since the last build: none was made.
  expect(readFileSync(join(root, 'app/builds.log'), 'utf8')).toHaveLength(builds);
});

test('a first build that fails is told with its output, and mending it starts the service', async () => {
  const root = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  writeService(root);
  writeFileSync(join(root, 'app/src/main.js'), 'FAIL');
  const system = await startSystem(
    simplePlan({
      app: { run: [], dev: { command: undefined }, source: { context: 'app', folder: 'app' }, ports: { http: port } },
    }),
    { root },
  );
  expect(await system.settled).toBe('degraded');
  expect(system.process('app').state).toBe('failed');
  expect(system.codes()).toEqual(['language/prepare-failed']);
  writeFileSync(join(root, 'app/src/main.js'), main('mended'));
  await system.reaches('app', 'ready');
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('mended');
});
