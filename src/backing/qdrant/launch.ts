import { join } from 'node:path';
import { converse } from '../../host/converse.ts';
import { makeFolder } from '../../host/files.ts';
import type { BackingService } from '../../plan/plan.ts';
import type { AcquiredProgram, Launch, LaunchContext } from '../backing.ts';
import { containerCommand } from '../launch/container.ts';
import { makePassword } from '../launch/password.ts';

/** Says how to start the server, or the embedded engine behind our front; the key goes by the environment. */
export async function launchQdrant(
  _service: BackingService,
  program: AcquiredProgram,
  context: LaunchContext,
): Promise<Launch> {
  const key = await context.credential('api-key', makePassword);
  const port = context.ports['http'] ?? 6333;
  const grpc = context.ports['grpc'];
  const embedded = program.programs['front'] !== undefined;
  await makeFolder(context.dataFolder, 0o700);
  const command = program.image
    ? await containerCommand(program, context, {
        ports: { http: 6333, grpc: 6334 },
        data: '/qdrant/storage',
        environment: { QDRANT__SERVICE__API_KEY: key, QDRANT__TELEMETRY_DISABLED: 'true' },
      })
    : embedded
      ? asFront(program, context, port, key)
      : asServer(program, context, port, grpc, key);
  const url = `http://${context.host}:${port}`;
  return {
    ...command,
    stopSignal: 'SIGTERM',
    stopTimeout: 15,
    ...(embedded ? { ports: ['http'] } : {}),
    ready: () => answers(context.host, port),
    attributes: {
      url,
      host: context.host,
      port: String(port),
      'api-key': key,
      ...(embedded || grpc === undefined ? {} : { 'grpc-url': `http://${context.host}:${grpc}` }),
    },
  };
}

const asFront = (program: AcquiredProgram, context: LaunchContext, port: number, key: string) => ({
  // Isolated from the user's modules and settings; nothing is written beside the sources.
  argv: [program.programs['python'] ?? 'python3', '-u', '-B', '-s', program.programs['front'] ?? ''],
  cwd: context.dataFolder,
  environment: {
    PYTHONPATH: program.programs['modules'] ?? '',
    QDRANT_FRONT_HOST: context.host,
    QDRANT_FRONT_PORT: String(port),
    QDRANT_FRONT_FOLDER: join(context.dataFolder, 'edge'),
    QDRANT_FRONT_KEY: key,
  },
});

const asServer = (
  program: AcquiredProgram,
  context: LaunchContext,
  port: number,
  grpc: number | undefined,
  key: string,
) => ({
  argv: [program.programs['qdrant'] ?? 'qdrant'],
  cwd: context.dataFolder,
  environment: {
    QDRANT__SERVICE__HOST: context.host,
    QDRANT__SERVICE__HTTP_PORT: String(port),
    ...(grpc === undefined ? {} : { QDRANT__SERVICE__GRPC_PORT: String(grpc) }),
    QDRANT__SERVICE__API_KEY: key,
    QDRANT__STORAGE__STORAGE_PATH: join(context.dataFolder, 'storage'),
    QDRANT__STORAGE__SNAPSHOTS_PATH: join(context.dataFolder, 'snapshots'),
    QDRANT__TELEMETRY_DISABLED: 'true',
  },
});

async function answers(host: string, port: number): Promise<boolean> {
  const request = `GET /readyz HTTP/1.1\r\nhost: ${host}:${port}\r\nconnection: close\r\n\r\n`;
  return /^HTTP\/1\.1 200/.test(await converse({ host, port }, request, (text) => text.includes('\r\n\r\n')));
}
