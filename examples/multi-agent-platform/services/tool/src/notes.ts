import { randomUUID } from 'node:crypto';
import type { Database } from '@platform/service/database.ts';

/** A note that its owner asked to keep. `rank` says how well it fits a search. */
export interface Note {
  id: string;
  text: string;
  createdAt: string;
  rank: number;
}

/** Stores a note. */
export async function writeNote(
  database: Database,
  owner: string,
  text: string,
): Promise<{ id: string; text: string }> {
  const id = randomUUID();
  await database.query('INSERT INTO tool.notes (id, owner, text) VALUES ($1, $2, $3)', [id, owner, text]);
  return { id, text };
}

/**
 * Searches an owner's notes by their words, as PostgreSQL's English text search understands them.
 * A note needs to hold one of the words only; those that hold more, and closer together, come first.
 * A query without any word of substance ("what have I told you?") finds the newest notes.
 */
export async function searchNotes(database: Database, owner: string, query: string): Promise<Note[]> {
  const { rows } = await database.query<Note>(
    `WITH wanted AS (
       SELECT replace(plainto_tsquery('english', $2)::text, '&', '|')::tsquery AS query
     )
     SELECT id, text, created_at AS "createdAt", ts_rank_cd(search, wanted.query)::float8 AS rank
     FROM tool.notes, wanted WHERE owner = $1 AND (numnode(wanted.query) = 0 OR search @@ wanted.query)
     ORDER BY rank DESC, created_at DESC LIMIT 8`,
    [owner, query],
  );
  return rows;
}
