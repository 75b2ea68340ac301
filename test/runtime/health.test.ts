import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { expect, onTestFinished, test } from 'vitest';
import { probeGrpc, probeHttp, probeTcp } from '../../src/host/probe.ts';
import type { Probe } from '../../src/plan/plan.ts';
import { simplePlan } from './support/plan.ts';
import { eventually, freePorts, startSystem, temporaryFolder } from './support/system.ts';

/** An HTTP server that answers with the status that stands in a file of its folder. */
const byFile = [
  'node',
  '-e',
  `const fs = require('node:fs');
   require('node:http').createServer((request, response) => {
     response.statusCode = Number(fs.readFileSync(request.url.slice(1), 'utf8'));
     response.end();
   }).listen(process.env.PORT, process.env.HOST)`,
];
const http = (path: string, more: Partial<Probe> = {}): Probe => ({
  check: { type: 'http', path: `/${path}`, port: 'http' },
  period: 0.1,
  failureThreshold: 2,
  ...more,
});

test('ready, unready and ready again follow the probe; dependents start at the first readiness', async () => {
  const root = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  writeFileSync(join(root, 'ready'), '503');
  const system = await startSystem(
    simplePlan({
      app: { run: byFile, ports: { http: port }, probes: { ready: http('ready') } },
      after: { run: ['sleep', '1000'], waits: { app: 'ready' } },
    }),
    { root },
  );
  await system.reaches('app', 'starting');
  await eventually(
    'it was probed and found not ready',
    async () => (await probeHttp({ host: '127.0.0.1', port, timeout: 1_000 }, '/ready')) === '/ready answers 503',
  );
  expect(system.process('after').state).toBe('waiting');
  writeFileSync(join(root, 'ready'), '200');
  await system.reaches('app', 'ready');
  await system.reaches('after', 'ready');
  expect(system.status().state).toBe('ready');
  writeFileSync(join(root, 'ready'), '500');
  expect(await system.reaches('app', 'unready')).toMatchObject({ detail: '/ready answers 500', restarts: 0 });
  expect(system.status().state).toBe('degraded');
  expect(system.process('after').state).toBe('ready');
  writeFileSync(join(root, 'ready'), '204');
  await system.reaches('app', 'ready');
});

test('a failing live probe starts the service again', async () => {
  const root = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  writeFileSync(join(root, 'ready'), '200');
  writeFileSync(join(root, 'live'), '200');
  const system = await startSystem(
    simplePlan({
      app: { run: byFile, ports: { http: port }, probes: { ready: http('ready'), live: http('live') } },
    }),
    { root },
  );
  const { pid } = await system.reaches('app', 'ready');
  writeFileSync(join(root, 'live'), '500');
  await eventually('it is started again', () => system.codes().includes('runtime/not-live'));
  writeFileSync(join(root, 'live'), '200');
  await eventually('it is ready with another process', () => {
    const status = system.process('app');
    return status.state === 'ready' && status.pid !== pid;
  });
  expect(system.process('app').restarts).toBeGreaterThanOrEqual(1);
});

test('one answer serves a ready and a live probe that ask the same', async () => {
  const root = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  writeFileSync(join(root, 'health'), '200');
  const probes = { ready: http('health'), live: http('health', { period: 0.3 }) };
  const system = await startSystem(simplePlan({ app: { run: byFile, ports: { http: port }, probes } }), { root });
  await system.reaches('app', 'ready');
  writeFileSync(join(root, 'health'), '500');
  await system.reaches('app', 'unready');
  await eventually('it is started again', () => system.codes().includes('runtime/not-live'));
  const unready = system.events.find((event) => event.type === 'status' && event.process.state === 'unready');
  const dead = system.events.find((event) => event.type === 'diagnostic');
  // Two failures at 0.3 s are what the live probe allows.
  expect((dead?.at ?? 0) - (unready?.at ?? 0)).toBeGreaterThanOrEqual(350);
});

test('a command probe runs in the environment of the service', async () => {
  const root = await temporaryFolder();
  const probe: Probe = { check: { type: 'command', command: ['sh', '-c', 'test -e "$MARK"'] }, period: 0.1 };
  const system = await startSystem(
    simplePlan({
      app: {
        run: ['sh', '-c', 'sleep 0.2; touch "$MARK"; exec sleep 1000'],
        probes: { ready: probe },
        environment: { MARK: ['here'] },
      },
    }),
    { root },
  );
  expect(await system.settled).toBe('ready');
  const ready = system.events.findIndex((event) => event.type === 'status' && event.process.state === 'ready');
  const starting = system.events.findIndex((event) => event.type === 'status' && event.process.state === 'starting');
  expect((system.events[ready]?.at ?? 0) - (system.events[starting]?.at ?? 0)).toBeGreaterThanOrEqual(190);
});

test('the health checking protocol of gRPC, against the real server', async () => {
  const server = new Server();
  onTestFinished(() => server.forceShutdown());
  let serving = 2;
  const identity = (bytes: Buffer) => bytes;
  server.addService(
    {
      check: {
        path: '/grpc.health.v1.Health/Check',
        requestStream: false,
        responseStream: false,
        requestSerialize: identity,
        requestDeserialize: identity,
        responseSerialize: identity,
        responseDeserialize: identity,
      },
    },
    {
      check: (
        call: { request: Buffer },
        callback: (error: { code: number; details: string } | null, answer?: Buffer) => void,
      ) => {
        const service = call.request.length > 0 ? call.request.subarray(2).toString() : '';
        if (service === 'unknown') callback({ code: 5, details: 'unknown service' });
        else callback(null, serving === 0 ? Buffer.alloc(0) : Buffer.from([8, serving]));
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const target = { host: '127.0.0.1', port, timeout: 5_000 };
  expect(await probeGrpc(target)).toBe('the health check says NOT_SERVING');
  serving = 1;
  expect(await probeGrpc(target)).toBeUndefined();
  expect(await probeGrpc(target, 'orders.v1.Orders')).toBeUndefined();
  expect(await probeGrpc(target, 'unknown')).toBe('the health check fails with gRPC status 5');
  serving = 0;
  expect(await probeGrpc(target)).toBe('the health check says UNKNOWN');
  const bare = new Server();
  onTestFinished(() => bare.forceShutdown());
  const other = await new Promise<number>((resolve) =>
    bare.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_error, bound) => resolve(bound)),
  );
  expect(await probeGrpc({ ...target, port: other })).toBe('the server does not offer grpc.health.v1.Health');
});

test('probes of what does not answer say why within their time', async () => {
  const [closed = 0] = await freePorts(1);
  const target = { host: '127.0.0.1', port: closed, timeout: 200 };
  const nothing = `nothing listens on port ${closed} yet`;
  expect(await probeTcp(target)).toBe(nothing);
  expect(await probeHttp(target, '/')).toBe(nothing);
  expect(await probeGrpc(target)).toBe(nothing);
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const { port } = silent.address() as { port: number };
  expect(await probeHttp({ ...target, port }, '/')).toBe('no answer within 200 ms');
  expect(await probeGrpc({ ...target, port })).toMatch(
    /^no gRPC answer within 200 ms|Protocol error|socket hang up|session/i,
  );
  expect(await probeTcp({ ...target, port })).toBeUndefined();
});
