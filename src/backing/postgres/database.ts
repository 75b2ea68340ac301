import type { Client } from 'pg';
import type { BackingService } from '../../plan/plan.ts';
import type { LaunchContext } from '../backing.ts';
import { type Administration, quoteName, quoteText, withClient } from './client.ts';
import { type InitScript, reportChanged, runInitScripts } from './init.ts';

/** The database that services see. */
export interface Database {
  database: string;
  user: string;
  password: string;
}

/**
 * Makes the role and the database on the first start, runs the init scripts in a new database, and lets nobody but the
 * owner in. What was made is noted in the administrator's own database; a database whose note says that it was not
 * finished is made anew, for nothing has used it yet.
 */
export async function prepareDatabase(
  service: BackingService,
  administration: Administration,
  wanted: Database,
  scripts: InitScript[],
  context: LaunchContext,
): Promise<void> {
  await withClient({ ...administration, database: 'postgres' }, async (client) => {
    await client.query(notes);
    await ensureRole(client, wanted);
    const noted = await client.query('SELECT finished FROM gantry.database WHERE name = $1', [wanted.database]);
    const existing = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [wanted.database]);
    if (noted.rows[0]?.finished || (!noted.rowCount && existing.rowCount)) {
      await reportChanged(service, client, wanted.database, scripts, context);
      return;
    }
    await makeDatabase(service, client, administration, wanted, scripts, context);
  });
}

/** Statements that fail are not logged, for a password stands in one of them. */
const notes = `
SET log_min_error_statement = panic;
SET client_min_messages = warning;
CREATE SCHEMA IF NOT EXISTS gantry;
CREATE TABLE IF NOT EXISTS gantry.database (name text PRIMARY KEY, finished boolean NOT NULL);
CREATE TABLE IF NOT EXISTS gantry.script (
  database text NOT NULL REFERENCES gantry.database ON DELETE CASCADE, file text NOT NULL, hash text NOT NULL,
  PRIMARY KEY (database, file)
);
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
`;

async function ensureRole(client: Client, { user, password }: Database): Promise<void> {
  const existing = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [user]);
  const verb = existing.rowCount ? 'ALTER' : 'CREATE';
  await client.query(`${verb} ROLE ${quoteName(user)} LOGIN PASSWORD ${quoteText(password)}`);
}

async function makeDatabase(
  service: BackingService,
  client: Client,
  administration: Administration,
  wanted: Database,
  scripts: InitScript[],
  context: LaunchContext,
): Promise<void> {
  const [database, user] = [quoteName(wanted.database), quoteName(wanted.user)];
  await client.query(
    'INSERT INTO gantry.database VALUES ($1, false) ON CONFLICT (name) DO UPDATE SET finished = false',
    [wanted.database],
  );
  await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${database} OWNER ${user}`);
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  // Before version 15 everyone may make tables in `public`, and the owner of the database does not own it.
  const grants = `REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT ALL ON SCHEMA public TO ${user};`;
  const inside = { ...administration, database: wanted.database };
  await withClient(inside, (client) => client.query(grants));
  await runInitScripts(service, inside, wanted.user, scripts, context);
  await client.query('BEGIN');
  for (const { file, hash } of scripts) {
    await client.query('INSERT INTO gantry.script VALUES ($1, $2, $3)', [wanted.database, file, hash]);
  }
  await client.query('UPDATE gantry.database SET finished = true WHERE name = $1', [wanted.database]);
  await client.query('COMMIT');
}
