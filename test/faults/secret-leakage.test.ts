import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { backingDefinitions } from '../../src/backing/definitions.ts';
import { Failure } from '../../src/diagnostics/diagnostic.ts';
import { connectSupervisor } from '../../src/runtimes/local/client.ts';
import { setSecret } from '../../src/runtimes/local/secrets.ts';
import { simplePlan } from '../runtime/support/plan.ts';
import { recordOf } from '../runtime/support/record.ts';
import { eventually, freePorts, processesOf, startSystem, temporaryFolder } from '../runtime/support/system.ts';

const kept = 'sentinel kept/value+1';
const given = 'sentinel-given-value';

/** Every file below a folder that holds the text. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'latin1').includes(text))
    .map((path) => relative(folder, path));
}

test('reliability 46 and 47: a secret is in its own file and in the environment of who asks for it, nowhere else', async () => {
  const root = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  await setSecret(root, 'local', 'kept', kept);
  process.env['GIVEN_SECRET'] = given;
  onTestFinished(() => void delete process.env['GIVEN_SECRET']);
  const tell =
    "console.log('value: ' + process.env.KEPT); console.error(JSON.stringify(process.env)); console.log(encodeURIComponent(process.env.KEPT || ''));";
  const plan = simplePlan(
    {
      asks: {
        run: [process.execPath, '-e', `${tell} setInterval(() => {}, 1000)`],
        before: [[process.execPath, '-e', tell]],
        waits: { postgres: 'ready' },
        environment: {
          KEPT: [{ kind: 'secret', name: 'kept', attribute: 'value' }],
          GIVEN: ['with-', { kind: 'secret', name: 'given-secret', attribute: 'value' }],
          MADE: [{ kind: 'secret', name: 'made', attribute: 'value' }],
          ABSENT: [{ kind: 'secret', name: 'absent', attribute: 'value' }],
          DATABASE_URL: [{ kind: 'backing', name: 'postgres', attribute: 'url' }],
        },
      },
      others: {
        run: [process.execPath, '-e', 'console.log(JSON.stringify(process.env)); setInterval(() => {}, 1000)'],
      },
      fails: {
        run: ['sh', '-c', 'echo "it was $KEPT" >&2; exit 1'],
        environment: { KEPT: [{ kind: 'secret', name: 'kept', attribute: 'value' }] },
      },
    },
    {
      secrets: {
        kept: { name: 'kept', optional: false },
        'given-secret': { name: 'given-secret', optional: false },
        made: { name: 'made', generate: 48, optional: false },
        absent: { name: 'absent', optional: true },
      },
    },
    {
      postgres: {
        type: 'postgres',
        version: '15',
        ports: { postgres: { ...backingDefinitions.postgres.ports.postgres, port } },
      },
    },
  );
  const system = await startSystem(plan, { root });
  await system.reaches('asks', 'ready');
  await system.reaches('others', 'ready');
  await eventually('all was said', () => system.lines('asks').length >= 6 && system.lines('others').length > 0);
  await eventually('the crash was told', () => system.codes().includes('runtime/crashed'));

  const client = await connectSupervisor(root, 'local');
  const { variables, secret } = (await client?.environmentOf('asks')) ?? {
    variables: {} as Record<string, string>,
    secret: [],
  };
  const made = variables['MADE'] ?? '';
  const password = new URL(variables['DATABASE_URL'] ?? '').password;
  expect(variables['KEPT']).toBe(kept);
  expect(variables['GIVEN']).toBe(`with-${given}`);
  expect(made).toHaveLength(48);
  expect(password.length).toBeGreaterThan(10);
  expect('ABSENT' in variables).toBe(false);
  expect(secret.sort()).toEqual(['DATABASE_URL', 'GIVEN', 'KEPT', 'MADE']);
  const sentinels = [kept, encodeURIComponent(kept), given, made, password];

  // Events and status, as the terminal, the page and `logs` get them.
  const told = JSON.stringify(system.events) + JSON.stringify(await client?.status());
  for (const sentinel of sentinels) expect(told).not.toContain(sentinel);
  expect(system.lines('asks')).toContain('value: [secret]');
  // A service that did not ask has none of them, not even one from the user's own environment.
  expect(told).toContain('GANTRY_SERVICE');
  const { run } = recordOf(root);
  const { pid } = system.process('others');
  for (const sentinel of sentinels) expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain(sentinel);
  // Command lines, which every user of the machine can read.
  for (const each of processesOf(run)) {
    const command = readFileSync(`/proc/${each}/cmdline`, 'utf8');
    for (const sentinel of sentinels) expect(command).not.toContain(sentinel);
  }
  await system.stop();

  for (const sentinel of [kept, made]) {
    expect(filesWith(root, sentinel)).toEqual(['.gantry/secrets/local.json']);
  }
  expect(filesWith(root, given)).toEqual([]);
  expect(filesWith(root, password)).toEqual(['.gantry/secrets/local.json']);
  expect(statSync(join(root, '.gantry/secrets/local.json')).mode & 0o777).toBe(0o600);
  expect(statSync(join(root, '.gantry/secrets')).mode & 0o777).toBe(0o700);

  // Made once: the next run has the same.
  const again = await startSystem(plan, { root });
  const next = await (await connectSupervisor(root, 'local'))?.environmentOf('fails');
  expect(next?.variables['KEPT']).toBe(kept);
  await again.stop();
  expect(filesWith(root, made)).toEqual(['.gantry/secrets/local.json']);
});

test('what is missing or too short is told at once, before anything starts, without the values', async () => {
  const root = await temporaryFolder();
  await setSecret(root, 'local', 'short', 'tiny-sentinel');
  const plan = simplePlan(
    { worker: { run: ['sleep', '1000'] } },
    {
      secrets: {
        'openai-api-key': { name: 'openai-api-key', optional: false },
        other: { name: 'other', optional: false },
        short: { name: 'short', optional: false, minLength: 32 },
      },
    },
  );
  const failure = await startSystem(plan, { root }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect((failure as Failure).diagnostics.map(({ message, cure }) => `${message}; ${cure}`)).toEqual([
    'the secret openai-api-key has no value; keep one with `gantry secret set openai-api-key`, or set the variable OPENAI_API_KEY',
    'the secret other has no value; keep one with `gantry secret set other`, or set the variable OTHER',
    'the secret short has 13 characters, and 32 are asked for; give a longer one with `gantry secret set short`',
  ]);
  // Nothing holds the system: it starts once the values are there.
  await setSecret(root, 'local', 'openai-api-key', 'given-now-1');
  await setSecret(root, 'local', 'other', 'given-now-2');
  await setSecret(root, 'local', 'short', 'x'.repeat(32));
  const system = await startSystem(plan, { root });
  expect(await system.settled).toBe('ready');
});
