import { join } from 'node:path';
import { wrongCredentials } from '../../diagnostics/catalogue/backing.ts';
import { Failure } from '../../diagnostics/diagnostic.ts';
import { converse } from '../../host/converse.ts';
import { makeFolder, writeAtomically } from '../../host/files.ts';
import type { BackingService } from '../../plan/plan.ts';
import type { AcquiredProgram, Launch, LaunchContext } from '../backing.ts';
import { containerCommand } from '../launch/container.ts';
import { makePassword } from '../launch/password.ts';

/** The account that every Redis has, and that `requirepass` protects. */
const user = 'default';

/**
 * Writes the configuration (mode 0600, for it holds the password) and says how to start the server. Serves Redis and
 * Valkey, whose configuration and protocol are one.
 * @param name of the server's program
 */
export async function launchRedis(
  name: 'redis-server' | 'valkey-server',
  service: BackingService,
  program: AcquiredProgram,
  context: LaunchContext,
): Promise<Launch> {
  const password = await context.credential('password', makePassword);
  const port = context.ports['redis'] ?? 6379;
  const inContainer = program.image !== undefined;
  const data = join(context.dataFolder, 'data');
  const configuration = join(context.dataFolder, 'redis.conf');
  await makeFolder(data, 0o700);
  const settings = {
    bind: inContainer ? '0.0.0.0' : context.host,
    port: inContainer ? 6379 : port,
    requirepass: password,
    dir: `"${(inContainer ? '/data/data' : data).replace(/["\\]/g, '\\$&')}"`,
    daemonize: 'no',
    // Every write is in the file before it is answered for; only a crash of the machine can lose the last second.
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '""',
    // The banner is noise in a log that others share.
    'always-show-logo': 'no',
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} ${value}\n`);
  await writeAtomically(configuration, lines.join(''), 0o600);
  const command = inContainer
    ? await containerCommand(program, context, {
        ports: { redis: 6379 },
        anyAccount: true,
        data: '/data',
        command: [name, '/data/redis.conf'],
      })
    : { argv: [program.programs[name] ?? name, configuration], cwd: data, environment: {} };
  return {
    ...command,
    stopSignal: 'SIGTERM',
    stopTimeout: 10,
    ready: () => answers(service, context, port, password),
    attributes: {
      url: `redis://${user}:${encodeURIComponent(password)}@${context.host}:${port}/0`,
      host: context.host,
      port: String(port),
      user,
      password,
    },
  };
}

/** Logged in and answered; while it still reads its data it says `-LOADING`. */
async function answers(
  service: BackingService,
  context: LaunchContext,
  port: number,
  password: string,
): Promise<boolean> {
  const answer = await converse(
    { host: context.host, port },
    `AUTH ${user} ${password}\r\nPING\r\n`,
    (text) => text.split('\r\n').length > 2,
  );
  if (answer.startsWith('-WRONGPASS')) {
    throw new Failure([wrongCredentials(service.name, 'Redis', context.dataFolder)]);
  }
  return /^\+PONG/m.test(answer);
}
