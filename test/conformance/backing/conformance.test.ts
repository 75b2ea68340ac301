import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { backingDefinition } from '../../../src/backing/definitions.ts';
import { clients } from './clients.ts';
import { acquireContext, type Home, makeHome, type Reports, removeHome, serverOf, serviceOf, start } from './server.ts';

/** What every type with a server of its own must do, against its real client. */

const figures: string[] = [];
afterAll(() => console.log(figures.join('\n')));

const milliseconds = (value: number) => `${Math.round(value)} ms`;

async function withHome<T>(work: (home: Home) => Promise<T>, mode?: number): Promise<T> {
  const home = await makeHome(mode);
  try {
    return await work(home);
  } finally {
    await removeHome(home);
  }
}

describe.each(Object.keys(clients))('%s', (type) => {
  const client = clients[type];
  if (!client) throw new Error(type);
  const service = serviceOf(type);

  test('the program is found, and the second time without a download', async () => {
    const server = await serverOf(type);
    const first = await server.acquire(service, acquireContext({ progress: [], diagnostics: [] }));
    const reports: Reports = { progress: [], diagnostics: [] };
    const second = await server.acquire(service, acquireContext(reports));
    expect(first).toMatchObject({ origin: expect.any(String), version: expect.stringMatching(/^\d+\.\d+/) });
    expect(second).toEqual(first);
    expect(reports.progress).toEqual([]);
  });

  test('data survives a stop and a kill, on other ports each time', () =>
    withHome(async (home) => {
      const first = await start(home, service);
      await client.write(first.attributes, 'before the stop');
      expect(await client.read(first.attributes)).toEqual(['before the stop']);
      const stopped = await first.stop();

      const second = await start(home, service);
      expect(second.attributes['port']).not.toBe(first.attributes['port']);
      expect(await client.read(second.attributes)).toEqual(['before the stop']);
      await client.write(second.attributes, 'before the kill');
      await second.kill();

      const third = await start(home, service);
      expect(await client.read(third.attributes)).toEqual(['before the kill', 'before the stop']);
      await third.stop();
      figures.push(
        `${type}: first start ${milliseconds(first.usableAfter)}, later ${milliseconds(second.usableAfter)}, ` +
          `after a kill ${milliseconds(third.usableAfter)}, stop ${milliseconds(stopped)}`,
      );
    }));

  test('credentials are needed, kept across starts, and shown to nobody', () =>
    withHome(async (home) => {
      const first = await start(home, service);
      await client.write(first.attributes, 'mine');
      await expect(client.read(client.withWrongCredential(first.attributes))).rejects.toThrow();
      const secrets = client.secrets.map((name) => first.attributes[name] ?? '');
      expect(secrets.every((secret) => secret.length >= 32)).toBe(true);
      const told = [first.process.spawnargs, first.output, first.progress, first.diagnostics];
      for (const secret of secrets) expect(JSON.stringify(told)).not.toContain(secret);
      expect(await readableByOthers(home.folder, secrets)).toEqual([]);
      await first.stop();
      const second = await start(home, service);
      for (const name of client.secrets) expect(second.attributes[name]).toBe(first.attributes[name]);
      await second.stop();
    }));

  test('attributes are those of the definition, and each port is one that was given', () =>
    withHome(async (home) => {
      const running = await start(home, service);
      const declared = Object.keys(backingDefinition(type)?.attributes ?? {});
      for (const name of Object.keys(running.attributes)) expect(declared).toContain(name);
      expect(running.attributes['host']).toBe('127.0.0.1');
      expect(Object.values(running.ports).map(String)).toContain(running.attributes['port']);
      await running.stop();
    }));

  test('two of them run side by side and know nothing of each other', () =>
    withHome((one) =>
      withHome(async (other) => {
        const [first, second] = await Promise.all([start(one, service), start(other, service)]);
        await Promise.all([client.write(first.attributes, 'first'), client.write(second.attributes, 'second')]);
        expect(await client.read(first.attributes)).toEqual(['first']);
        expect(await client.read(second.attributes)).toEqual(['second']);
        await expect(
          client.read({ ...second.attributes, ...pick(first.attributes, client.secrets), url: crossed(first, second) }),
        ).rejects.toThrow();
        await Promise.all([first.stop(), second.stop()]);
      }),
    ));
});

test('a type that is only names has its names at once', async () => {
  const { loadLocalBacking } = await import('../../../src/backing/local.ts');
  const local = await loadLocalBacking('pubsub');
  expect(local?.kind).toBe('names');
  if (local?.kind !== 'names') return;
  const service = serviceOf('pubsub', { name: 'inbound', settings: { topic: 'agent-messages' } });
  expect(local.attributes(service)).toEqual({
    topic: 'agent-messages',
    subscription: 'agent-messages',
    project: 'local',
  });
});

const pick = (from: Record<string, string>, names: string[]) =>
  Object.fromEntries(names.map((name) => [name, from[name] ?? '']));

/** The address of the second with the credentials of the first. */
function crossed(
  first: { attributes: Record<string, string> },
  second: { attributes: Record<string, string> },
): string {
  const [mine, theirs] = [first.attributes['password'], second.attributes['password']];
  const url = second.attributes['url'] ?? '';
  return mine && theirs ? url.replace(theirs, mine) : url;
}

/** Files below a folder that hold one of the texts and that others than their owner may read. */
async function readableByOthers(folder: string, texts: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (((await stat(path)).mode & 0o077) === 0) continue;
    const content = await readFile(path, 'latin1');
    if (texts.some((text) => content.includes(text))) found.push(path);
  }
  return found;
}
