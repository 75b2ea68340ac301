import type { Diagnostic } from '../diagnostic.ts';

/** Problems with backing services on this machine: their programs, their data, their init scripts. */

/**
 * No way led to a program that can serve the type at the version asked for.
 * @param reasons why each way was closed, in the order they were tried
 * @param program what would have to be on PATH
 */
export const noProgram = (
  service: string,
  wanted: string,
  program: string,
  reasons: readonly { way: string; reason: string }[],
): Diagnostic => ({
  code: 'backing/no-program',
  severity: 'error',
  message: `${service}: nothing on this machine can run ${wanted}`,
  cure: `put ${program} on PATH, or make its package reachable, or start Docker or Podman; or use a server that runs elsewhere: from: external`,
  related: reasons.map(({ way, reason }) => ({ message: `${way}: ${reason}` })),
});

/** What was fetched is not what Gantry was made with. Nothing of it was kept. */
export const tamperedDownload = (artifact: string, expected: string, found: string): Diagnostic => ({
  code: 'backing/tampered-download',
  severity: 'error',
  message: `${artifact} is not the file that Gantry knows: its hash is ${found}, expected ${expected}`,
  cure: 'find out who serves this file (registry mirror, proxy, client cache) and do not run it; nothing was installed',
});

/** The data folder was made by another major version, which cannot be opened by this one. */
export const dataOfOtherVersion = (
  service: string,
  title: string,
  found: string,
  asked: string,
  folder: string,
): Diagnostic => ({
  code: 'backing/data-of-other-version',
  severity: 'error',
  message: `${service}: the data in ${folder} belongs to ${title} ${found}, and ${title} ${asked} cannot open it`,
  cure: `say version: ${found} again; or dump the data there and load it into a new ${asked}; or move the folder away to start empty. The data was not touched`,
});

/** Another server, not started by this supervisor, has the data open. */
export const dataInUse = (service: string, folder: string, pid: number): Diagnostic => ({
  code: 'backing/data-in-use',
  severity: 'error',
  message: `${service}: the process ${pid} has the data in ${folder} open`,
  cure: `stop it first: kill ${pid}`,
});

/** The kept password no longer opens the kept data. */
export const wrongCredentials = (service: string, title: string, folder: string): Diagnostic => ({
  code: 'backing/wrong-credentials',
  severity: 'error',
  message: `${service}: ${title} refuses the password that was made for the data in ${folder}`,
  cure: 'the data and the secrets of .gantry come from different times: restore the pair, or move the data folder away to start empty',
});

/** Data lies outside `.gantry`, for the account that the server runs as cannot reach it there. */
export const dataElsewhere = (service: string, title: string, folder: string, link: string): Diagnostic => ({
  code: 'backing/data-elsewhere',
  severity: 'info',
  message: `${service}: ${title} does not run as root and its account cannot reach this folder, so its data is in ${folder} (linked from ${link})`,
  cure: 'run gantry as an ordinary user to have the data in .gantry itself',
});

/** As root, the folder cannot be made that a server under another account could reach. */
export const noSharedFolder = (folder: string, reason: string): Diagnostic => ({
  code: 'backing/no-shared-folder',
  severity: 'error',
  message: `a server that does not run as root needs the folder ${folder}, which cannot be made: ${reason}`,
  cure: 'run gantry as an ordinary user, or make the folder writable for root',
});

/** As root, there is no other account to run the server as. */
export const noAccount = (service: string, title: string): Diagnostic => ({
  code: 'backing/no-account',
  severity: 'error',
  message: `${service}: ${title} does not run as root, and this machine has no account "nobody" to run it as`,
  cure: 'run gantry as an ordinary user, or add the account "nobody" to /etc/passwd',
});

/** A server's own tool failed while its data folder was being made. */
export const preparationFailed = (service: string, step: string, output: string): Diagnostic => ({
  code: 'backing/preparation-failed',
  severity: 'error',
  message: `${service}: ${step} failed`,
  cure: 'read what it said; a full disk, a missing library and a folder without permission are the usual causes',
  related: output
    .split('\n')
    .filter(Boolean)
    .slice(-8)
    .map((message) => ({ message })),
});

/** `init` names something that is not there. */
export const missingInit = (service: string, path: string): Diagnostic => ({
  code: 'backing/missing-init',
  severity: 'error',
  message: `${service}: init names ${path}, which does not exist`,
  cure: 'give a .sql file, or a folder of them, relative to the folder of the model',
});

/** An init script has a mistake in it. The database made for it was removed again. */
export const initFailed = (
  service: string,
  at: { file: string; line: number; column: number },
  reason: string,
): Diagnostic => ({
  code: 'backing/init-failed',
  severity: 'error',
  message: `${service}: ${at.file} failed: ${reason}`,
  at,
  cure: 'correct the script; the next start makes the database anew and runs all init scripts from the first',
});

/** A line that only the program psql understands. */
export const psqlCommand = (
  service: string,
  at: { file: string; line: number; column: number },
  command: string,
): Diagnostic => ({
  code: 'backing/psql-command',
  severity: 'error',
  message: `${service}: ${at.file} has the psql command ${command}, and init scripts are run as SQL without psql`,
  at,
  cure: 'use SQL alone; a dump made by pg_dump --inserts has no such lines',
});

/** A file in the init folder that is not run. */
export const initIgnored = (service: string, file: string): Diagnostic => ({
  code: 'backing/init-ignored',
  severity: 'warning',
  message: `${service}: ${file} is not run, for only .sql files are`,
  cure: 'move it out of the folder, or turn it into SQL',
});

/** The scripts differ from those that made the database. They are never run twice. */
export const initChanged = (service: string, files: readonly string[], folder: string): Diagnostic => ({
  code: 'backing/init-changed',
  severity: 'info',
  message: `${service}: ${files.join(', ')} changed after the database was made, and init scripts run only once`,
  cure: `bring the change in by a migration; or start empty: gantry down, move ${folder} away, gantry up`,
});

/**
 * A variable asks for what the program that runs here does not have.
 * @param variables as `service.VARIABLE`
 */
export const attributeNotServed = (
  service: string,
  attribute: string,
  variables: readonly string[],
  origin: string,
): Diagnostic => ({
  code: 'backing/attribute-not-served',
  severity: 'warning',
  message: `${service} has no ${attribute} here (${origin}), so ${variables.join(', ')} ${variables.length === 1 ? 'stays' : 'stay'} unset`,
  cure: 'put the real server on PATH, or do without the variable on this machine',
});
