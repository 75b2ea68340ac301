import { join } from 'node:path';
import { converse } from '../../host/converse.ts';
import { makeFolder, writeAtomically } from '../../host/files.ts';
import type { BackingService } from '../../plan/plan.ts';
import type { AcquiredProgram, Launch, LaunchContext } from '../backing.ts';
import { containerCommand } from '../launch/container.ts';
import { makePassword } from '../launch/password.ts';

const user = 'app';

/** Writes the configuration (mode 0600, for it holds the password) and says how to start the server. */
export async function launchNats(
  service: BackingService,
  program: AcquiredProgram,
  context: LaunchContext,
): Promise<Launch> {
  const password = await context.credential('password', makePassword);
  const port = context.ports['nats'] ?? 4222;
  const monitor = context.ports['monitor'];
  const inContainer = program.image !== undefined;
  const store = join(context.dataFolder, 'jetstream');
  const configuration = join(context.dataFolder, 'nats.conf');
  await makeFolder(store, 0o700);
  const settings = {
    host: inContainer ? '0.0.0.0' : context.host,
    port: inContainer ? 4222 : port,
    server_name: service.name,
    // Gantry notes the time of each line itself.
    logtime: false,
    ...(monitor === undefined ? {} : { http: inContainer ? '0.0.0.0:8222' : `${context.host}:${monitor}` }),
    ...(service.settings['jetstream'] === false
      ? {}
      : { jetstream: { store_dir: inContainer ? '/data/jetstream' : store } }),
    authorization: { user, password },
  };
  // The server's configuration language takes JSON.
  await writeAtomically(configuration, `${JSON.stringify(settings, null, 2)}\n`, 0o600);
  const command = inContainer
    ? await containerCommand(program, context, {
        ports: { nats: 4222, monitor: 8222 },
        anyAccount: true,
        data: '/data',
        command: ['--config', '/data/nats.conf'],
      })
    : {
        argv: [program.programs['nats-server'] ?? 'nats-server', '--config', configuration],
        cwd: context.dataFolder,
        environment: {},
      };
  return {
    ...command,
    stopSignal: 'SIGTERM',
    stopTimeout: 10,
    ready: () => answers(context.host, port, password),
    attributes: {
      url: `nats://${user}:${encodeURIComponent(password)}@${context.host}:${port}`,
      host: context.host,
      port: String(port),
      user,
      password,
      ...(monitor === undefined ? {} : { 'monitor-url': `http://${context.host}:${monitor}` }),
    },
  };
}

/** @see https://docs.nats.io/reference/reference-protocols/nats-protocol */
async function answers(host: string, port: number, password: string): Promise<boolean> {
  const greeting = { verbose: false, pedantic: false, user, pass: password, lang: 'gantry', version: '1', protocol: 1 };
  const answer = await converse({ host, port }, `CONNECT ${JSON.stringify(greeting)}\r\nPING\r\n`, (text) =>
    /^(PONG|-ERR)/m.test(text),
  );
  return /^PONG/m.test(answer);
}
