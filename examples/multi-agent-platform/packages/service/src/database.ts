import pg from 'pg';

/** A pool of connections to PostgreSQL. */
export type Database = pg.Pool;

/**
 * Opens a pool; the first connection is made by the first query.
 * @param url a `postgresql://` address
 * @param name shown by PostgreSQL as `application_name`
 * @param onError told about connections lost while idle, which the pool replaces by itself
 */
export function openDatabase(url: string, name: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    max: 6,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
  });
  pool.on('error', onError);
  return pool;
}
