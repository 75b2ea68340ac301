import { createHash } from 'node:crypto';
import { readEnvironment } from '@platform/service/environment.ts';
import pg from 'pg';
import schemas from '../migrations/001-schemas.sql';
import services from '../migrations/002-services.sql';

/** The migrations in order. One that has been released is never edited: add another. */
const migrations = [
  { name: '001-schemas', sql: schemas },
  { name: '002-services', sql: services },
];

// Any number, as long as every replica takes the same one.
const lockKey = 7_300_419;

/**
 * Brings the database to the newest schema. Safe to run any number of times and by several replicas
 * at once: a lock lets one work while the others wait, and each migration is one transaction.
 */
async function migrate(client: pg.Client): Promise<string[]> {
  const applied: string[] = [];
  await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
  await client.query(`
    CREATE TABLE IF NOT EXISTS public.schema_migrations (
      name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
    )`);
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'SELECT name, sha256 FROM public.schema_migrations',
  );
  const known = new Map(rows.map((row) => [row.name, row.sha256]));
  for (const { name, sql } of migrations) {
    const sha256 = createHash('sha256').update(sql).digest('hex');
    const recorded = known.get(name);
    if (recorded === sha256) continue;
    if (recorded) throw new Error(`migration ${name} was changed after it was applied; add a new migration instead`);
    await client.query('BEGIN');
    try {
      await client.query(sql);
      await client.query('INSERT INTO public.schema_migrations (name, sha256) VALUES ($1, $2)', [name, sha256]);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    applied.push(name);
  }
  return applied;
}

const settings = readEnvironment({ DATABASE_URL: { required: true } });
const client = new pg.Client({ connectionString: settings.DATABASE_URL, application_name: 'gateway-migrate' });
try {
  await client.connect();
  const applied = await migrate(client);
  console.log(applied.length > 0 ? `applied ${applied.join(', ')}` : 'the schema is up to date');
} catch (error) {
  console.error(`gateway: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await client.end().catch(() => undefined);
}
