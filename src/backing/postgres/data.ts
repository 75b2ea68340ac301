import { join } from 'node:path';
import { dataInUse, dataOfOtherVersion, noAccount, preparationFailed } from '../../diagnostics/catalogue/backing.ts';
import { Failure } from '../../diagnostics/diagnostic.ts';
import { exists, makeFolder, readTextIfExists, remove, writeAtomically } from '../../host/files.ts';
import { renameFolder } from '../../host/install.ts';
import { type Account, giveTo, setMode } from '../../host/ownership.ts';
import { describeProcess } from '../../host/process-table.ts';
import { run } from '../../host/run.ts';
import type { BackingService } from '../../plan/plan.ts';
import { serverAccount } from '../acquire/place.ts';
import { majorOf } from '../acquire/version.ts';
import type { AcquiredProgram, LaunchContext } from '../backing.ts';
import { settleFolder } from '../launch/settle.ts';

/** The administrator's role, known to Gantry alone. */
export const administrator = 'postgres';

/** Where the cluster lies and who runs it. */
export interface Cluster {
  folder: string;
  user?: Account;
}

/**
 * Makes the cluster on the first start, and checks on later ones that this version may open it.
 * @throws Failure for data of another major, data that is open elsewhere, and an initdb that failed
 */
export async function prepareCluster(
  service: BackingService,
  program: AcquiredProgram,
  context: LaunchContext,
  password: string,
): Promise<Cluster> {
  const account = await serverAccount(join(context.dataFolder, 'cluster'));
  if (account === 'none') throw new Failure([noAccount(service.name, 'PostgreSQL')]);
  const home = await settleFolder(service, 'PostgreSQL', context, account);
  const folder = join(home, 'cluster');
  const version = (await readTextIfExists(join(folder, 'PG_VERSION')))?.trim();
  if (version === undefined) await makeCluster(service, program, context, password, home, account);
  else if (majorOf(version) !== majorOf(program.version)) {
    throw new Failure([dataOfOtherVersion(service.name, 'PostgreSQL', version, service.version, folder)]);
  } else await removeStaleLock(service, folder);
  return { folder, ...(account ? { user: account } : {}) };
}

/** In a folder of its own that is renamed when it is whole, so that an interrupted one is never opened. */
async function makeCluster(
  service: BackingService,
  program: AcquiredProgram,
  context: LaunchContext,
  password: string,
  home: string,
  account: Account | undefined,
): Promise<void> {
  context.progress('making the database cluster');
  const unfinished = join(home, 'cluster.unfinished');
  const passwordFile = join(home, 'password');
  await remove(unfinished);
  await makeFolder(unfinished, 0o700);
  await writeAtomically(passwordFile, `${password}\n`, 0o600);
  try {
    if (account) for (const path of [unfinished, passwordFile]) await giveTo(path, account);
    const made = await run(
      [
        ...[program.programs['initdb'] ?? 'initdb', '--pgdata', unfinished, '--username', administrator],
        ...['--auth', 'scram-sha-256', '--pwfile', passwordFile, '--encoding', 'UTF8', ...localeFlags],
        // Half of the time goes into flushing files that the system writes out by itself within the minute.
        '--no-sync',
      ],
      {
        cwd: '/',
        signal: context.signal,
        environment: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: process.env['TZ'] },
        ...(account ? { user: account } : {}),
      },
    );
    context.signal.throwIfAborted();
    if (made.code !== 0)
      throw new Failure([preparationFailed(service.name, 'initdb', `${made.stdout}\n${made.stderr}`)]);
    await setMode(unfinished, 0o700);
    await renameFolder(unfinished, join(home, 'cluster'));
  } finally {
    await remove(passwordFile);
  }
}

/** Unicode character classes with the byte order of C, which no update of a system library changes. */
const localeFlags = process.platform === 'darwin' ? ['--locale', 'C', '--lc-ctype', 'UTF-8'] : ['--locale', 'C.UTF-8'];

/**
 * After a kill, `postmaster.pid` names a process that is gone, or by chance a stranger with the same number, for whom
 * the server would refuse to start.
 */
async function removeStaleLock(service: BackingService, folder: string): Promise<void> {
  const lock = join(folder, 'postmaster.pid');
  if (!(await exists(lock))) return;
  const pid = Number((await readTextIfExists(lock))?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const program = describeProcess(pid).program;
  if (program === undefined) return;
  if (program.includes('postgres')) throw new Failure([dataInUse(service.name, folder, pid)]);
  await remove(lock);
}
