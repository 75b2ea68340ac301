import { join, relative } from 'node:path';
import type { Client } from 'pg';
import { initChanged, initFailed, initIgnored, missingInit, psqlCommand } from '../../diagnostics/catalogue/backing.ts';
import { Failure } from '../../diagnostics/diagnostic.ts';
import { kindOf, listFolder, readTextIfExists, sha256 } from '../../host/files.ts';
import type { BackingService } from '../../plan/plan.ts';
import type { LaunchContext } from '../backing.ts';
import { type Administration, quoteName, withClient } from './client.ts';

/** One init script as it is now. */
export interface InitScript {
  /** Relative to the folder of the model. */
  file: string;
  sql: string;
  hash: string;
}

/**
 * Reads the scripts that `init` names, in the order of their names.
 * @throws Failure when it names nothing, or a script needs psql
 */
export async function readInitScripts(service: BackingService, context: LaunchContext): Promise<InitScript[]> {
  if (service.init === undefined) return [];
  const path = join(context.root, service.init);
  const kind = await kindOf(path);
  if (!kind) throw new Failure([missingInit(service.name, service.init)]);
  const names = kind === 'file' ? [path] : (await listFolder(path)).map((name) => join(path, name));
  const scripts: InitScript[] = [];
  for (const name of names) {
    const file = relative(context.root, name).replaceAll('\\', '/');
    if (!name.endsWith('.sql')) {
      if (!/(^|\/)(\.|README)/.test(file)) context.report(initIgnored(service.name, file));
      continue;
    }
    const sql = (await readTextIfExists(name)) ?? '';
    scripts.push({ file, sql, hash: sha256(sql) });
  }
  const wrong = scripts.flatMap((script) => psqlCommands(service, script));
  if (wrong.length > 0) throw new Failure(wrong);
  return scripts;
}

/** Lines that begin with a backslash; psql reads them, and SQL has none outside of a text. */
const psqlCommands = (service: BackingService, { file, sql }: InitScript) =>
  sql.split('\n').flatMap((text, index) => {
    const command = /^\\(?:\.|[a-z!?]+)/i.exec(text)?.[0];
    return command ? [psqlCommand(service.name, { file, line: index + 1, column: 1 }, command)] : [];
  });

/**
 * Runs the scripts as the owner, each over a connection of its own and in one transaction unless it says otherwise. What
 * needs the administrator (a role, an untrusted extension) is reached by `RESET ROLE` in the script.
 * @param connection of the administrator, to the new database
 * @throws Failure at the first script that fails, with the line
 */
export async function runInitScripts(
  service: BackingService,
  connection: Administration & { database: string },
  owner: string,
  scripts: readonly InitScript[],
  context: LaunchContext,
): Promise<void> {
  for (const script of scripts) {
    context.progress(`running ${script.file}`);
    await withClient(connection, async (client) => {
      await client.query(`SET ROLE ${quoteName(owner)}`);
      try {
        await client.query(script.sql);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        const position = 'position' in error ? Number(error.position) : 1;
        throw new Failure([initFailed(service.name, placeOf(script, position || 1), error.message)]);
      }
      // The time of the transaction is that of the statement, unless the script began one and did not end it.
      const { rows } = await client.query('SELECT now() <> statement_timestamp() AS open');
      if (rows[0]?.open) {
        const end = placeOf(script, [...script.sql].length);
        throw new Failure([initFailed(service.name, end, 'it ends inside a transaction, which nothing commits')]);
      }
    });
  }
}

/** @param position character in the script, counted from 1, as the server counts */
function placeOf({ file, sql }: InitScript, position: number): { file: string; line: number; column: number } {
  const before = [...sql]
    .slice(0, position - 1)
    .join('')
    .split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** A script that changed, came or went since the database was made is told of, and not run. */
export async function reportChanged(
  service: BackingService,
  client: Client,
  database: string,
  scripts: readonly InitScript[],
  context: LaunchContext,
): Promise<void> {
  const noted = await client.query<{ file: string; hash: string }>(
    'SELECT file, hash FROM gantry.script WHERE database = $1',
    [database],
  );
  const before = new Map(noted.rows.map(({ file, hash }) => [file, hash]));
  const now = new Map(scripts.map(({ file, hash }) => [file, hash]));
  const changed = [...new Set([...before.keys(), ...now.keys()])].filter((file) => before.get(file) !== now.get(file));
  if (changed.length > 0) context.report(initChanged(service.name, changed.sort(), context.dataFolder));
}
