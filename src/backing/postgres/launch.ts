import { join } from 'node:path';
import { wrongCredentials } from '../../diagnostics/catalogue/backing.ts';
import { Failure } from '../../diagnostics/diagnostic.ts';
import { makeFolder, readTextIfExists } from '../../host/files.ts';
import type { BackingService } from '../../plan/plan.ts';
import type { AcquiredProgram, Launch, LaunchContext } from '../backing.ts';
import { containerCommand } from '../launch/container.ts';
import { makePassword } from '../launch/password.ts';
import { type Administration, errorCode, withClient } from './client.ts';
import { administrator, prepareCluster } from './data.ts';
import { prepareDatabase } from './database.ts';
import { readInitScripts } from './init.ts';

/** Makes the cluster, and says how to start the server and what to do once it answers. */
export async function launchPostgres(
  service: BackingService,
  program: AcquiredProgram,
  context: LaunchContext,
): Promise<Launch> {
  // Read first: a mistake that can be seen without a server is told before one is made.
  const scripts = await readInitScripts(service, context);
  const password = await context.credential('password', makePassword);
  const administratorPassword = await context.credential('administrator-password', makePassword);
  const port = context.ports['postgres'] ?? 5432;
  const user = String(service.settings['user'] ?? 'app');
  const database = String(service.settings['database'] ?? 'app');
  const administration: Administration = {
    host: context.host,
    port,
    user: administrator,
    password: administratorPassword,
  };
  const { isOpen, ...command } = program.image
    ? await inContainer(program, context, administratorPassword)
    : await asProcess(service, program, context, port, administratorPassword);
  return {
    ...command,
    // Fast shutdown: sessions are ended, the data is written. SIGTERM would wait for the last client to leave.
    stopSignal: 'SIGINT',
    stopTimeout: 30,
    ready: async () => (await isOpen()) && answers(service, administration, context.dataFolder),
    afterReady: () => prepareDatabase(service, administration, { database, user, password }, scripts, context),
    attributes: {
      url: `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${context.host}:${port}/${encodeURIComponent(database)}`,
      host: context.host,
      port: String(port),
      user,
      password,
      database,
    },
  };
}

interface Started extends Pick<Launch, 'argv' | 'cwd' | 'environment' | 'user'> {
  /** Whether it is worth knocking: a server that still recovers writes each knock into its log as an error. */
  isOpen(): Promise<boolean>;
}

async function asProcess(
  service: BackingService,
  program: AcquiredProgram,
  context: LaunchContext,
  port: number,
  administratorPassword: string,
): Promise<Started> {
  const cluster = await prepareCluster(service, program, context, administratorPassword);
  const settings = {
    listen_addresses: context.host,
    port,
    // No socket in the file system: its path may be too long, and two clusters must not meet there.
    unix_socket_directories: '',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '',
    password_encryption: 'scram-sha-256',
  };
  return {
    argv: [
      ...[program.programs['postgres'] ?? 'postgres', '-D', cluster.folder],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    cwd: '/',
    environment: {},
    ...(cluster.user ? { user: cluster.user } : {}),
    // The eighth line is the state that pg_ctl waits for as well.
    isOpen: async () => {
      const lines = (await readTextIfExists(join(cluster.folder, 'postmaster.pid')))?.split('\n');
      return lines?.[7]?.trim() === 'ready';
    },
  };
}

async function inContainer(
  program: AcquiredProgram,
  context: LaunchContext,
  administratorPassword: string,
): Promise<Started> {
  await makeFolder(context.dataFolder, 0o700);
  const command = await containerCommand(program, context, {
    ports: { postgres: 5432 },
    anyAccount: true,
    data: '/data',
    environment: {
      POSTGRES_USER: administrator,
      POSTGRES_PASSWORD: administratorPassword,
      POSTGRES_INITDB_ARGS: '--auth=scram-sha-256',
      PGDATA: '/data/cluster',
    },
  });
  return { ...command, isOpen: async () => true };
}

/** A whole session: logged in, asked, answered. While the server still recovers it refuses, which is not an error. */
async function answers(service: BackingService, administration: Administration, folder: string): Promise<boolean> {
  try {
    await withClient({ ...administration, database: 'postgres' }, (client) => client.query('SELECT 1'));
    return true;
  } catch (error) {
    if (errorCode(error) === '28P01') throw new Failure([wrongCredentials(service.name, 'PostgreSQL', folder)]);
    return false;
  }
}
