import { mkdir, readlink, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { currentPlatform } from '../../../src/backing/acquire/platform.ts';
import { majorOf } from '../../../src/backing/acquire/version.ts';
import { packagedVersions } from '../../../src/backing/postgres/packages.ts';
import { Failure } from '../../../src/diagnostics/diagnostic.ts';
import type { BackingService } from '../../../src/plan/plan.ts';
import { type Home, makeHome, type Running, removeHome, serviceOf, start } from './server.ts';

const homes: Home[] = [];
const servers: Running[] = [];

async function home(mode?: number): Promise<Home> {
  const made = await makeHome(mode);
  homes.push(made);
  return made;
}

async function run(where: Home, given: Partial<BackingService> = {}): Promise<Running> {
  const running = await start(where, serviceOf('postgres', given));
  servers.push(running);
  return running;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.kill()));
  await Promise.all(homes.splice(0).map(removeHome));
});

async function query<T extends pg.QueryResultRow>(url: string | undefined, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Writes files below the folder that stands for the model's. */
async function write(where: Home, files: Record<string, string>): Promise<void> {
  await mkdir(join(where.folder, 'db'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(where.folder, 'db', name), text);
}

const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(error instanceof Failure)) throw error ?? new Error('nothing failed');
  return error.diagnostics;
};

test('two majors run side by side, each with its own data', async () => {
  const versions = ['15', '16'];
  const running = await Promise.all(versions.map(async (version) => run(await home(), { version })));
  const said = await Promise.all(running.map(({ attributes }) => query(attributes['url'], 'SHOW server_version')));
  expect(said.map(([row]) => String(row?.['server_version']).split('.')[0])).toEqual(versions);
});

test('data of another major is refused, named, and left as it was', async () => {
  const where = await home();
  const first = await run(where, { version: '15' });
  await query(first.attributes['url'], 'CREATE TABLE kept (n int)');
  await first.stop();
  const [diagnostic] = await failure(run(where, { version: '16' }));
  expect(diagnostic).toMatchObject({ code: 'backing/data-of-other-version', severity: 'error' });
  expect(diagnostic?.message).toContain('belongs to PostgreSQL 15, and PostgreSQL 16 cannot open it');
  const again = await run(where, { version: '15' });
  expect(await query(again.attributes['url'], 'SELECT * FROM kept')).toEqual([]);
});

const majors = packagedVersions(currentPlatform() ?? 'linux-x64').map((version) => String(majorOf(version)));

// 15 and 16 are the two of the first test.
test.each(majors.filter((major) => major !== '15' && major !== '16'))(
  'version %s starts, and its role may make tables',
  async (version) => {
    const running = await run(await home(), { version });
    const { url } = running.attributes;
    await query(url, 'CREATE TABLE t (n int)');
    const [row] = await query(url, 'SHOW server_version');
    expect(String(row?.['server_version']).split('.')[0]).toBe(version);
    // ICU is one of the libraries that the package cannot link by itself.
    await query(url, "CREATE COLLATION german (provider = icu, locale = 'de-DE')");
  },
);

test('the role owns its database, is no administrator, and cannot enter others; no second server opens the data', async () => {
  const where = await home();
  // What an initdb leaves that was interrupted; it is done again.
  await mkdir(join(where.folder, 'data/cluster.unfinished/base'), { recursive: true });
  await writeFile(join(where.folder, 'data/cluster.unfinished/PG_VERSION'), '15\n');
  const first = await run(where);
  const { url = '' } = first.attributes;
  expect(await query(url, 'SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user')).toEqual([
    { rolsuper: false, rolcreaterole: false },
  ]);
  await query(url, 'CREATE SCHEMA mine; CREATE TABLE mine.t (n int); CREATE TABLE t (n int); CREATE EXTENSION citext');
  for (const other of ['postgres', 'template1']) {
    await expect(query(url.replace(/\/app$/, `/${other}`), 'SELECT 1')).rejects.toThrow(
      /permission denied for database/,
    );
  }
  const [diagnostic] = await failure(run(where));
  expect(diagnostic).toMatchObject({ code: 'backing/data-in-use' });
  expect(diagnostic?.cure).toContain(String(first.process.pid));
  await first.stop();

  // A lock file may name a stranger who has the number of a server that was killed.
  const cluster = join(where.folder, 'data/cluster');
  const lines = [String(process.pid), cluster, '1', '5432', '', '', ''];
  await writeFile(join(cluster, 'postmaster.pid'), lines.join('\n'), { mode: 0o600 });
  const second = await run(where);
  expect(await query(second.attributes['url'], 'SELECT * FROM mine.t')).toEqual([]);
});

test('names that need quoting arrive as they are, and another database is made beside the old one', async () => {
  const where = await home();
  const settings = { database: 'my "data" base ä%', user: "o'brien@x" };
  const first = await run(where, { settings });
  const { url } = first.attributes;
  expect(await query(url, 'SELECT current_database() AS database, current_user AS user')).toEqual([settings]);
  expect(await query(url, "SELECT upper('äöü') AS upper, 'ß' COLLATE \"C\" < 'z' AS less")).toEqual([
    { upper: 'ÄÖÜ', less: false },
  ]);
  await query(url, 'CREATE TABLE kept (n int)');
  await first.stop();
  const second = await run(where, { settings: { database: 'other', user: 'somebody' } });
  const tables = "SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public'";
  expect(await query(second.attributes['url'], tables)).toEqual([{ count: 0 }]);
  await second.stop();
  const third = await run(where, { settings });
  expect(await query(third.attributes['url'], 'SELECT * FROM kept')).toEqual([]);
});

test('init scripts run once, in the order of their names, as the owner', async () => {
  const where = await home();
  await write(where, {
    '10-data.sql': "INSERT INTO items VALUES (1, 'one; two'); DO $$ BEGIN INSERT INTO items VALUES (2, 'x'); END $$;",
    '01-schema.sql': 'CREATE TABLE items (id int PRIMARY KEY, name text);\nSET search_path = nowhere;',
    '20-role.sql': 'RESET ROLE; CREATE ROLE reporter; SET ROLE app;',
    'notes.txt': 'not SQL',
  });
  const first = await run(where, { init: 'db' });
  expect(first.diagnostics.map(({ code }) => code)).toContain('backing/init-ignored');
  expect(await query(first.attributes['url'], 'SELECT * FROM items')).toEqual([
    { id: 1, name: 'one; two' },
    { id: 2, name: 'x' },
  ]);
  expect(await query(first.attributes['url'], "SELECT tableowner FROM pg_tables WHERE tablename = 'items'")).toEqual([
    { tableowner: 'app' },
  ]);
  await query(first.attributes['url'], 'DELETE FROM items');
  await first.stop();

  await write(where, { '10-data.sql': 'INSERT INTO items VALUES (9)', '30-more.sql': 'SELECT 1' });
  const second = await run(where, { init: 'db' });
  expect(await query(second.attributes['url'], 'SELECT * FROM items')).toEqual([]);
  const told = second.diagnostics.find(({ code }) => code === 'backing/init-changed');
  expect(told?.severity).toBe('info');
  expect(told?.message).toContain('db/10-data.sql, db/30-more.sql changed after the database was made');
  await second.stop();
  // Nothing in the log looks like trouble.
  expect([...first.output, ...second.output].join('')).not.toMatch(/FATAL|ERROR|WARNING/);
});

test('a mistake in an init script is shown at its line, and the corrected one starts from nothing', async () => {
  const where = await home();
  await write(where, {
    '1.sql': 'CREATE TABLE a (n int);',
    '2.sql': 'CREATE TABLE b (n int);\n\nSELECT nothing_there;\n',
  });
  const [diagnostic] = await failure(run(where, { init: 'db' }));
  expect(diagnostic).toMatchObject({
    code: 'backing/init-failed',
    message: 'postgres: db/2.sql failed: column "nothing_there" does not exist',
    at: { file: 'db/2.sql', line: 3, column: 8 },
  });
  await write(where, { '2.sql': 'BEGIN;\nCREATE TABLE b (n int);' });
  const [open] = await failure(run(where, { init: 'db' }));
  expect(open?.message).toBe('postgres: db/2.sql failed: it ends inside a transaction, which nothing commits');
  await write(where, { '2.sql': 'CREATE TABLE b (n int);' });
  const running = await run(where, { init: 'db' });
  expect(
    await query(running.attributes['url'], "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"),
  ).toEqual([{ tablename: 'a' }, { tablename: 'b' }]);
});

test('one file can be named, and what is not there or needs psql is refused', async () => {
  const where = await home();
  await write(where, {
    'one.sql': 'CREATE TABLE one (n int)',
    'dump.sql': 'CREATE TABLE x (n int);\n\\connect other\n\\.\n',
  });
  const running = await run(where, { init: 'db/one.sql' });
  expect(await query(running.attributes['url'], 'SELECT * FROM one')).toEqual([]);
  expect(await failure(run(await home(), { init: 'db' }))).toMatchObject([{ code: 'backing/missing-init' }]);
  const other = await home();
  await write(other, { 'dump.sql': 'CREATE TABLE x (n int);\n\\connect other\nCOPY x FROM stdin;\n1\n\\.\n' });
  expect(await failure(run(other, { init: 'db' }))).toMatchObject([
    { code: 'backing/psql-command', at: { file: 'db/dump.sql', line: 2 } },
    { code: 'backing/psql-command', at: { file: 'db/dump.sql', line: 5 } },
  ]);
});

test('a database that was left unfinished is made anew, a finished one never', async () => {
  const where = await home();
  const first = await run(where);
  const administrator = `postgresql://postgres:${where.credentials.get('administrator-password')}@127.0.0.1:${first.attributes['port']}`;
  await query(first.attributes['url'], 'CREATE TABLE half (n int)');
  await query(`${administrator}/postgres`, 'UPDATE gantry.database SET finished = false');
  await first.kill();
  const second = await run(where);
  expect(await query(second.attributes['url'], "SELECT * FROM pg_tables WHERE tablename = 'half'")).toEqual([]);
});

test('a password that no longer fits the data is said, not waited for', async () => {
  const where = await home();
  const first = await run(where);
  await first.stop();
  where.credentials.set('administrator-password', 'another');
  expect(await failure(run(where))).toMatchObject([{ code: 'backing/wrong-credentials' }]);
});

test.runIf(process.getuid?.() === 0)(
  'as root, a private folder is left private and the data found from it',
  async () => {
    const where = await home(0o700);
    const first = await run(where);
    const told = first.diagnostics.find(({ code }) => code === 'backing/data-elsewhere');
    const place = await readlink(join(where.folder, 'data/data'));
    expect(told?.message).toContain(place);
    expect((await stat(place)).mode & 0o777).toBe(0o700);
    expect((await stat(where.folder)).mode & 0o777).toBe(0o700);
    await query(first.attributes['url'], 'CREATE TABLE kept (n int)');
    await first.stop();
    const second = await run(where);
    expect(second.diagnostics).toEqual([]);
    expect(await query(second.attributes['url'], 'SELECT * FROM kept')).toEqual([]);
    await second.stop();

    // The project moves: the link goes with it.
    const moved = `${where.folder}-moved`;
    await rename(where.folder, moved);
    where.folder = moved;
    const third = await run(where);
    expect(await query(third.attributes['url'], 'SELECT * FROM kept')).toEqual([]);
  },
);
