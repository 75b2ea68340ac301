import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Launch } from '../../../src/backing/backing.ts';
import { backingDefinition, backingDefinitions } from '../../../src/backing/definitions.ts';
import { loadLocalBacking } from '../../../src/backing/local.ts';
import { unservedAttributes } from '../../../src/backing/unserved.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { makeHome, removeHome, serverOf, serviceOf, start } from './server.ts';

/**
 * The last way: the container engine. The engine here is a stand-in that keeps what it was asked, so this shows what
 * Gantry asks of an engine, and not that the images do it.
 */

let folder: string;
const path = process.env['PATH'];

const engine = `#!${process.execPath}
const { appendFileSync, existsSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:net');
const args = process.argv.slice(2);
appendFileSync(__dirname + '/asked', JSON.stringify({ args, environment: process.env }) + '\\n');
if (args[0] === 'image') process.exit(existsSync(__dirname + '/fetched') ? 0 : 1);
if (args[0] === 'pull') { console.log('Pulling from ' + args[1]); writeFileSync(__dirname + '/fetched', ''); }
if (args[0] === 'run') {
  const [host, port] = args[args.indexOf('--publish') + 1].split(':');
  createServer((socket) => socket.on('data', () => socket.write('VERSION 1.6.0\\r\\n'))).listen(port, host);
  process.on('SIGTERM', () => process.exit(0));
}
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-engine-'));
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'docker'), engine, { mode: 0o755 });
  process.env['PATH'] = folder;
});
afterAll(async () => {
  process.env['PATH'] = path;
  await rm(folder, { recursive: true, force: true });
});

interface Asked {
  args: string[];
  environment: Record<string, string>;
}
const asked = async (): Promise<Asked[]> =>
  (await readFile(join(folder, 'asked'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Asked);

/** Versions that no program on this machine and no package serves. */
const versions: Record<string, string> = { postgres: '12', redis: '99', nats: '99', qdrant: '99' };
const withServer = Object.keys(backingDefinitions).filter((type) => type !== 'pubsub');

describe.each(withServer)('%s', (type) => {
  const service = serviceOf(type, versions[type] ? { version: versions[type] } : {});

  test('is asked of the engine so that nobody else reaches it and no secret is seen', async () => {
    const server = await serverOf(type);
    const signal = new AbortController().signal;
    const silent = { progress: () => {}, report: () => {}, signal };
    const program = await server.acquire(service, { cacheFolder: join(folder, 'cache'), ...silent });
    if (Array.isArray(program)) throw new Error(JSON.stringify(program, null, 2));
    expect(program.origin).toMatch(/^docker .+/);

    const dataFolder = join(folder, type);
    const definition = backingDefinition(type);
    const ports = Object.fromEntries(Object.keys(definition?.ports ?? {}).map((name, index) => [name, 40_000 + index]));
    const secrets: string[] = [];
    const launch = await server.launch(service, program, {
      dataFolder,
      root: folder,
      host: '127.0.0.1',
      ports,
      credential: async (_name, make) => {
        const made = make();
        secrets.push(made);
        return made;
      },
      ...silent,
    });
    const line = launch.argv.join(' ');
    expect(line).toMatch(/^\S+docker run --rm --init --name gantry-[0-9a-f]{16} --publish 127\.0\.0\.1:40000:\d+ /);
    for (const published of launch.argv.filter((_, index) => launch.argv[index - 1] === '--publish')) {
      expect(published).toMatch(/^127\.0\.0\.1:/);
    }
    for (const secret of secrets) expect(line).not.toContain(secret);
    for (const name of Object.keys(launch.environment)) expect(line).toContain(`--env ${name}`);
    expect((await asked()).at(-1)?.args).toEqual(['rm', '--force', /gantry-[0-9a-f]{16}/.exec(line)?.[0]]);
    for (const name of Object.keys(launch.attributes))
      expect(Object.keys(definition?.attributes ?? {})).toContain(name);
    expect(launch.attributes['port']).toBe('40000');
  });
});

test('its image is fetched once, and the container ends with the system', async () => {
  await rm(join(folder, 'fetched'), { force: true });
  const home = await makeHome();
  try {
    const first = await start(home, serviceOf('memcached'));
    expect(first.progress).toEqual(['fetching the image memcached:1.6 (docker)', 'Pulling from memcached:1.6']);
    await first.stop();
    const second = await start(home, serviceOf('memcached'));
    expect(second.progress).toEqual([]);
    await second.stop();
  } finally {
    await removeHome(home);
  }
});

test('every type says how it runs here', async () => {
  for (const type of Object.keys(backingDefinitions)) {
    expect((await loadLocalBacking(type))?.kind).toBe(type === 'pubsub' ? 'names' : 'server');
  }
  expect(await loadLocalBacking('toString')).toBeUndefined();
});

test('what the program at hand does not serve is told with the variables that miss it', () => {
  const environment = {
    GRPC: [{ kind: 'backing', name: 'vectors', attribute: 'grpc-url' } as const],
    URL: ['see ', { kind: 'backing', name: 'vectors', attribute: 'url' } as const],
  };
  const plan = { workloads: { search: { name: 'search', environment } } } as unknown as Plan;
  const program = { origin: 'PyPI qdrant-edge-py 0.9.0', version: '1.20.1', programs: {} };
  const launch = { attributes: { url: 'http://127.0.0.1:1' } } as unknown as Launch;
  expect(unservedAttributes(plan, 'vectors', program, launch).map(({ message }) => message)).toEqual([
    'vectors has no grpc-url here (PyPI qdrant-edge-py 0.9.0), so search.GRPC stays unset',
  ]);
});
