import { expect, test } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { type SimpleWorkload, simplePlan } from './support/plan.ts';
import { eventually, freePorts, httpServer, startSystem } from './support/system.ts';

test('a changed plan restarts what it touches, starts what is new, stops what is gone, and leaves the rest', async () => {
  const [api = 0, moved = 0, page = 0] = await freePorts(3);
  const services: Record<string, SimpleWorkload> = {
    api: { run: httpServer('api'), ports: { http: api } },
    page: {
      run: httpServer('page'),
      ports: { http: page },
      waits: { api: 'ready' },
      environment: { API_URL: [{ kind: 'workload', name: 'api', attribute: 'url' }] },
    },
    bystander: { run: ['sleep', '1000'] },
    leaver: { run: ['sleep', '1000'] },
  };
  const system = await startSystem(simplePlan(services));
  await system.settled;
  const pids = () => Object.fromEntries(system.status().processes.map(({ name, pid }) => [name, pid]));
  const settledAgain = () => eventually('it is ready again', () => system.status().state === 'ready');
  const first = pids();

  // What says nothing on this machine restarts nothing.
  const scaled: Plan = simplePlan({
    ...services,
    api: { ...services['api'], run: services['api']?.run ?? [], scale: { min: 5, max: 9 } },
  });
  expect(await system.apply(scaled)).toEqual([]);
  expect(pids()).toEqual(first);

  const { leaver: _gone, ...staying } = services;
  const changed = simplePlan({
    ...staying,
    api: { run: httpServer('api'), ports: { http: moved } },
    newcomer: { run: ['sleep', '1000'] },
  });
  expect(await system.apply(changed)).toEqual([]);
  await settledAgain();
  const second = pids();
  expect(Object.keys(second).sort()).toEqual(['api', 'bystander', 'newcomer', 'page']);
  expect(second['bystander']).toBe(first['bystander']);
  expect(second['api']).not.toBe(first['api']);
  // Its own words are the same; the address that it was given is not.
  expect(second['page']).not.toBe(first['page']);
  expect(system.process('api').addresses['http']).toBe(`http://localhost:${moved}`);

  const environment = { ...staying['page']?.environment, LOG_LEVEL: ['debug'] };
  await system.apply({
    ...changed,
    workloads: {
      ...changed.workloads,
      page: { ...(changed.workloads['page'] as Plan['workloads'][string]), environment },
    },
  });
  await settledAgain();
  const third = pids();
  expect(third['api']).toBe(second['api']);
  expect(third['page']).not.toBe(second['page']);
});

test('a plan that cannot be carried out changes nothing', async () => {
  const system = await startSystem(simplePlan({ worker: { run: ['sleep', '1000'] } }));
  await system.settled;
  const { pid } = system.process('worker');
  const diagnostics = await system.apply(
    simplePlan({ worker: { run: ['sleep', '2000'] } }, { secrets: { needed: { name: 'needed', optional: false } } }),
  );
  expect(diagnostics.map(({ code }) => code)).toEqual(['runtime/secret-missing']);
  expect(system.process('worker')).toMatchObject({ pid, state: 'ready' });
});

test('only what was asked for is started, with all that it needs', async () => {
  const worker = { run: ['sleep', '1000'] };
  const plan = simplePlan({
    wanted: { ...worker, waits: { near: 'started' } },
    near: { ...worker, waits: { far: 'started' } },
    far: worker,
    other: worker,
  });
  const system = await startSystem(plan, { only: ['wanted'] });
  await system.settled;
  expect(
    system
      .status()
      .processes.map(({ name }) => name)
      .sort(),
  ).toEqual(['far', 'near', 'wanted']);
  await expect(startSystem(plan, { only: ['wnted'] })).rejects.toMatchObject({
    diagnostics: [{ code: 'runtime/unknown-name', nearest: 'wanted' }],
  });
});
