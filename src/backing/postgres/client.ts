import type { Client } from 'pg';

/** How Gantry itself reaches a server. */
export interface Administration {
  host: string;
  port: number;
  user: string;
  password: string;
}

/**
 * Does something with a connection of its own, which is closed whatever happens.
 * @throws what `pg` throws when the server does not answer or refuses
 */
export async function withClient<T>(
  connection: Administration & { database: string },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    ...connection,
    ssl: false,
    connectionTimeoutMillis: 5000,
    application_name: 'gantry',
  });
  // The server may go away between two statements; the next one then fails, which is enough.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** SQLSTATE of an error that the server reported; https://www.postgresql.org/docs/current/errcodes-appendix.html. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** A name as SQL writes it, whatever is in it. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text as SQL writes it, also where the server has `standard_conforming_strings` off. */
export const quoteText = (text: string): string =>
  text.includes('\\') ? `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : `'${text.replaceAll("'", "''")}'`;
