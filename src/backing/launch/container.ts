import { sha256 } from '../../host/files.ts';
import { currentAccount } from '../../host/ownership.ts';
import { run } from '../../host/run.ts';
import type { AcquiredProgram, LaunchContext } from '../backing.ts';

export interface ContainerOptions {
  /** Port in the container for each name of a port that is published. */
  ports: Record<string, number>;
  /** Folder in the container that keeps the data. */
  data?: string;
  /** Reaches the container through the client's environment, never through its arguments. */
  environment?: Record<string, string>;
  /** Whether the image runs as any account: it then runs as ours, and what it writes stays ours. */
  anyAccount?: boolean;
  /** Name of the machine, for a server whose data carries it. */
  hostname?: string;
  /** Arguments after the image. */
  command?: string[];
}

/**
 * The command that runs a server's image in the foreground, so that signals and the end reach it as they reach a
 * process. A container that an earlier run could not remove is removed first; its data is outside of it.
 */
export async function containerCommand(
  program: AcquiredProgram,
  context: LaunchContext,
  options: ContainerOptions,
): Promise<{ argv: string[]; cwd: string; environment: Record<string, string> }> {
  const engine = program.programs['engine'] ?? 'docker';
  const name = `gantry-${sha256(context.dataFolder).slice(0, 16)}`;
  await run([engine, 'rm', '--force', name], { signal: context.signal });
  const published = Object.entries(options.ports).flatMap(([port, inside]) => {
    const outside = context.ports[port];
    return outside === undefined ? [] : ['--publish', `${context.host}:${outside}:${inside}`];
  });
  const environment = options.environment ?? {};
  return {
    argv: [
      ...[engine, 'run', '--rm', '--init', '--name', name, ...published],
      ...(options.anyAccount ? accountArguments(engine) : []),
      ...(options.hostname ? ['--hostname', options.hostname] : []),
      ...(options.data ? ['--volume', `${context.dataFolder}:${options.data}`] : []),
      ...Object.keys(environment).flatMap((variable) => ['--env', variable]),
      ...[program.image ?? '', ...(options.command ?? [])],
    ],
    cwd: context.dataFolder,
    environment,
  };
}

/** As root nothing is to be done: whatever an image does to the owner of a file, root still reaches it. */
function accountArguments(engine: string): string[] {
  const account = currentAccount();
  if (!account || account.uid === 0) return [];
  return engine.endsWith('podman') ? ['--userns', 'keep-id'] : ['--user', `${account.uid}:${account.gid}`];
}
