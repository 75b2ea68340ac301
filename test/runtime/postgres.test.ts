import { join } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { backingDefinitions } from '../../src/backing/definitions.ts';
import { simplePlan } from './support/plan.ts';
import { eventually, freePorts, startSystem, temporaryFolder } from './support/system.ts';

const postgres = (port: number) => ({
  postgres: {
    type: 'postgres',
    version: '15',
    ports: { postgres: { ...backingDefinitions.postgres.ports.postgres, port } },
  },
});

test('a service gets the address of a real PostgreSQL, whose data outlives the run', async () => {
  const root = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  const plan = simplePlan(
    {
      reader: {
        run: [process.execPath, '-e', 'console.log(process.env.DATABASE_URL.length > 20); setInterval(() => {}, 1000)'],
        before: [[process.execPath, '-e', "console.log('before has ' + typeof process.env.DATABASE_URL)"]],
        waits: { postgres: 'ready' },
        environment: { DATABASE_URL: [{ kind: 'backing', name: 'postgres', attribute: 'url' }] },
      },
    },
    {},
    postgres(port),
  );
  const system = await startSystem(plan, { root });
  expect(await system.settled).toBe('ready');
  expect(system.process('postgres')).toMatchObject({ state: 'ready', kind: 'backing' });
  expect(system.process('postgres').origin).toBeTruthy();
  await eventually('the service ran', () => system.lines('reader').includes('true'));
  expect(system.lines('reader')).toEqual(['before has string', 'true']);
  const { serviceUrl } = await urlOf(system.root);
  await query(serviceUrl, 'create table kept (text text)');
  await query(serviceUrl, "insert into kept values ('still here')");
  await system.stop();

  const again = await startSystem(plan, { root });
  await again.settled;
  const rows = await query((await urlOf(root)).serviceUrl, 'select text from kept');
  expect(rows).toEqual([{ text: 'still here' }]);
  await again.stop();

  async function urlOf(folder: string) {
    const { connectSupervisor } = await import('../../src/runtimes/local/client.ts');
    const client = await connectSupervisor(folder, 'local');
    const {
      variables,
      secret,
      folder: where,
    } = (await client?.environmentOf('reader')) ?? { variables: {}, secret: [] };
    expect(secret).toEqual(['DATABASE_URL']);
    expect(where).toBe(join(folder));
    return { serviceUrl: (variables as Record<string, string>)['DATABASE_URL'] ?? '' };
  }
});

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
