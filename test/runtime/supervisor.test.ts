import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simplePlan } from './support/plan.ts';
import { eventually, freePorts, httpServer, processesOf, startSystem } from './support/system.ts';

test('a service is started, ready, answering, and gone after the stop', async () => {
  const [port = 0] = await freePorts(1);
  const system = await startSystem(simplePlan({ web: { run: httpServer('hello'), ports: { http: port } } }));
  expect(await system.settled).toBe('ready');
  const { addresses, pid } = system.process('web');
  expect(addresses).toEqual({ http: `http://localhost:${port}` });
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe(`hello ${pid}`);
  const record = JSON.parse(readFileSync(join(system.root, '.gantry/run/local.json'), 'utf8'));
  expect(processesOf(record.run)).toEqual([pid]);
  await eventually('its line is logged', () => system.lines('web').includes('listening'));

  await system.stop();
  expect(processesOf(record.run)).toEqual([]);
  expect(existsSync(join(system.root, '.gantry/run/local.json'))).toBe(false);
  expect(system.events.at(-1)).toMatchObject({ type: 'system', state: 'stopped' });
  expect(readFileSync(join(system.root, '.gantry/logs/local/web.log'), 'utf8')).toMatch(/^\S+Z O listening\n$/);
  expect(statSync(join(system.root, '.gantry')).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(system.root, '.gantry/.gitignore'), 'utf8')).toBe('*\n');
});

test('what a service waits for is ready before it starts, and stops after it', async () => {
  const [first = 0, second = 0] = await freePorts(2);
  const announce = "process.on('SIGTERM', () => { console.log('stopping'); process.exit() });";
  const plan = simplePlan({
    late: {
      run: [
        process.execPath,
        '-e',
        `${announce} fetch(process.env.EARLY_URL).then((answer) => answer.text()).then((text) => console.log('got ' + text)); setInterval(() => {}, 1000)`,
      ],
      waits: { early: 'ready' },
      environment: { EARLY_URL: [{ kind: 'workload', name: 'early', attribute: 'url' }, '/path'] },
    },
    early: { run: httpServer('early', 300), ports: { http: first, metrics: second } },
  });
  const system = await startSystem(plan);
  await system.reaches('late', 'waiting');
  expect(system.process('late').detail).toBe('waits for early');
  await system.settled;
  await eventually('it reached the other', () => system.lines('late').some((line) => line.startsWith('got early')));
  await system.stop();
  const stopped = system.events.flatMap((event) =>
    event.type === 'status' && event.process.state === 'stopped' ? [event.process.name] : [],
  );
  expect(stopped).toEqual(['late', 'early']);
  expect(system.lines('late')).toContain('stopping');
});

test('those that others wait for start first, and nobody waits long for that', async () => {
  const worker = { run: ['sleep', '1000'] };
  const leaves = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`leaf-${index}`, worker]));
  const started = async (services: Parameters<typeof simplePlan>[0]) => {
    const system = await startSystem(simplePlan(services));
    await system.settled;
    await system.stop();
    return system.events.flatMap((event) =>
      event.type === 'status' && event.process.state === 'starting' ? [{ name: event.process.name, at: event.at }] : [],
    );
  };
  const starts = await started({ needed: worker, ...leaves, after: { ...worker, waits: { needed: 'started' } } });
  const [first] = starts;
  expect(first?.name).toBe('needed');
  const waited = starts.filter(({ name }) => name.startsWith('leaf')).map(({ at }) => at - (first?.at ?? 0));
  expect(Math.min(...waited)).toBeGreaterThanOrEqual(90);
  expect(starts).toHaveLength(14);
});
