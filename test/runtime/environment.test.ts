import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { resolveVariables } from '../../src/runtimes/local/environment.ts';
import { simplePlan } from './support/plan.ts';
import { eventually, freePorts, httpServer, startSystem, temporaryFolder } from './support/system.ts';

test('addresses of workloads, routes and ports, as text and inside text', () => {
  const plan = simplePlan(
    {
      api: { run: [], ports: { http: 3000, metrics: 9090 } },
      page: {
        run: [],
        ports: { http: 3001 },
        environment: {
          API_URL: [{ kind: 'workload', name: 'api', attribute: 'url' }, '/v1'],
          METRICS_URL: [{ kind: 'workload', name: 'api', attribute: 'url', port: 'metrics' }],
          API_HOST: [{ kind: 'workload', name: 'api', attribute: 'host' }],
          API_PORT: [{ kind: 'workload', name: 'api', attribute: 'port' }],
          PUBLIC_URL: [{ kind: 'route', name: 'api', attribute: 'url' }],
          PUBLIC_HOST: [{ kind: 'route', name: 'api', attribute: 'host' }],
          PLAIN: ['text'],
          EMPTY: [],
        },
      },
    },
    {
      routes: {
        api: {
          name: 'api',
          host: 'api.example.com',
          path: '/v1',
          workload: 'api',
          port: 'http',
          sticky: false,
          tls: false,
        },
      },
    },
  );
  const ports = new Map([
    ['api/http', 4000],
    ['api/metrics', 4001],
    ['page/http', 4002],
  ]);
  const addresses = { plan, ports, attributes: new Map(), secrets: {} };
  const { page, api } = plan.workloads;
  if (!page || !api) throw new Error('missing');
  expect(resolveVariables(page, addresses).variables).toEqual({
    HOST: '127.0.0.1',
    PORT: '4002',
    PORT_HTTP: '4002',
    API_URL: 'http://127.0.0.1:4000/v1',
    METRICS_URL: 'http://127.0.0.1:4001',
    API_HOST: '127.0.0.1',
    API_PORT: '4000',
    PUBLIC_URL: 'http://localhost:4000/v1',
    PUBLIC_HOST: 'localhost:4000',
    PLAIN: 'text',
    EMPTY: '',
  });
  expect(resolveVariables(api, addresses).variables).toEqual({
    HOST: '127.0.0.1',
    PORT: '4000',
    PORT_HTTP: '4000',
    PORT_METRICS: '4001',
  });
});

test('a service inherits the user, not the npm script around us', async () => {
  process.env['npm_lifecycle_event'] = 'start';
  process.env['USERS_OWN'] = 'passes';
  onTestFinished(() => {
    delete process.env['npm_lifecycle_event'];
    delete process.env['USERS_OWN'];
  });
  const system = await startSystem(
    simplePlan({ job: { kind: 'job', run: ['sh', '-c', 'echo "$USERS_OWN ${npm_lifecycle_event-none} $HOST"'] } }),
  );
  await system.settled;
  await eventually('it spoke', () => system.lines('job').length === 1);
  expect(system.lines('job')).toEqual(['passes none 127.0.0.1']);
});

test('mounted files and volumes have a place here, which is told; volumes are kept', async () => {
  const root = await temporaryFolder();
  mkdirSync(join(root, 'config'));
  writeFileSync(join(root, 'config/rules.txt'), 'rules');
  const [port = 0] = await freePorts(1);
  const plan = simplePlan({
    api: { run: httpServer(), ports: { http: port } },
    app: {
      kind: 'job',
      run: [
        'sh',
        '-c',
        'cat "$GANTRY_FILES/etc/app/api.url" "$GANTRY_FILES/etc/app/rules.txt"; echo; echo x >> "$GANTRY_VOLUMES/data/kept"; cat "$GANTRY_VOLUMES/data/kept"',
      ],
      files: {
        address: { path: '/etc/app/api.url', content: [{ kind: 'workload', name: 'api', attribute: 'url' }, '\n'] },
        rules: { path: '/etc/app/rules.txt', source: 'config/rules.txt' },
      },
      volumes: { data: { path: '/data' } },
    },
  });
  const system = await startSystem(plan, { root });
  await system.settled;
  await eventually('it spoke', () => system.lines('app').length === 3);
  expect(system.lines('app')).toEqual([`http://127.0.0.1:${port}`, 'rules', 'x']);
  expect(system.codes()).toEqual(['runtime/mount-elsewhere', 'runtime/mount-elsewhere', 'runtime/mount-elsewhere']);
  await system.stop();
  const again = await startSystem(plan, { root });
  await again.settled;
  await again.stop();
  expect(readFileSync(join(root, '.gantry/volumes/local/app/data/kept'), 'utf8')).toBe('x\nx\n');
});
