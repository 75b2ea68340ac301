import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readlink, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AcquireContext, LaunchContext, LocalServer } from '../../../src/backing/backing.ts';
import { backingDefinition } from '../../../src/backing/definitions.ts';
import { loadLocalBacking } from '../../../src/backing/local.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { cacheFolder } from '../../../src/host/places.ts';
import type { BackingService } from '../../../src/plan/plan.ts';

/** A backing service as the planner would describe it. */
export function serviceOf(type: string, given: Partial<BackingService> = {}): BackingService {
  const definition = backingDefinition(type);
  if (!definition) throw new Error(`no type ${type}`);
  const defaults = Object.entries(definition.settings).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    name: type,
    type,
    version: definition.defaultVersion,
    namespace: 'test',
    from: 'managed',
    ports: definition.ports,
    attributes: {},
    resources: {},
    instances: 1,
    exposed: false,
    ...given,
    settings: { ...Object.fromEntries(defaults), ...given.settings },
  };
}

/** The local server of a type; fails for one that is only names. */
export async function serverOf(type: string): Promise<LocalServer> {
  const local = await loadLocalBacking(type);
  if (local?.kind !== 'server') throw new Error(`${type} has no local server`);
  return local;
}

export interface Reports {
  progress: string[];
  diagnostics: Diagnostic[];
}

export const acquireContext = (reports: Reports, folder = cacheFolder()): AcquireContext => ({
  cacheFolder: folder,
  progress: (message) => reports.progress.push(message),
  report: (diagnostic) => reports.diagnostics.push(diagnostic),
  signal: new AbortController().signal,
});

/** One data folder with what belongs to it; starts of it share data and credentials, as runs of a system do. */
export interface Home {
  folder: string;
  credentials: Map<string, string>;
}

/** @param mode of the folder: 0o700, as the state folder has it, keeps other accounts out */
export async function makeHome(mode = 0o755): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-backing-'));
  await chmod(folder, mode);
  return { folder, credentials: new Map() };
}

export async function removeHome({ folder }: Home): Promise<void> {
  const elsewhere = await readlink(join(folder, 'data', 'data')).catch(() => undefined);
  if (elsewhere) await rm(elsewhere, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

export interface Running extends Reports {
  attributes: Record<string, string>;
  ports: Record<string, number>;
  /** Milliseconds from the call of `launch` to readiness and to the end of `afterReady`. */
  readyAfter: number;
  usableAfter: number;
  output: string[];
  process: ChildProcess;
  /** Asks it to stop and resolves with the milliseconds that took; fails when it had to be killed. */
  stop(): Promise<number>;
  /** Ends its whole process group at once. */
  kill(): Promise<void>;
}

/** Starts a server as the runtime does, on free ports, and waits until it is usable. */
export async function start(home: Home, service: BackingService, root = home.folder): Promise<Running> {
  const server = await serverOf(service.type);
  const reports: Reports = { progress: [], diagnostics: [] };
  const program = await server.acquire(service, acquireContext(reports));
  if (Array.isArray(program)) throw new Error(JSON.stringify(program, null, 2));
  const ports: Record<string, number> = {};
  for (const name of Object.keys(backingDefinition(service.type)?.ports ?? {})) ports[name] = await freePort();
  const context: LaunchContext = {
    dataFolder: join(home.folder, 'data'),
    root,
    host: '127.0.0.1',
    ports,
    credential: async (name, make) => {
      const kept = home.credentials.get(name) ?? make();
      home.credentials.set(name, kept);
      return kept;
    },
    progress: (message) => reports.progress.push(message),
    report: (diagnostic) => reports.diagnostics.push(diagnostic),
    signal: new AbortController().signal,
  };
  const began = performance.now();
  const launch = await server.launch(service, program, context);
  const output: string[] = [];
  const [command = '', ...args] = launch.argv;
  const child = spawn(command, args, {
    cwd: launch.cwd,
    env: { PATH: process.env['PATH'], ...launch.environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...launch.user,
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(String(data)));
  const gone = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  let exited: number | undefined;
  gone.then((code) => {
    exited = code;
  });
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(-(child.pid ?? 0), name);
    } catch {}
  };
  const kill = async () => {
    signal('SIGKILL');
    await gone;
  };
  try {
    while (!(await launch.ready())) {
      if (exited !== undefined) throw new Error(`${service.type} ended with ${exited}: ${output.join('')}`);
      if (performance.now() - began > 60_000) throw new Error(`${service.type} is not ready: ${output.join('')}`);
      await sleep(10);
    }
    const readyAfter = performance.now() - began;
    await launch.afterReady?.();
    const usableAfter = performance.now() - began;
    const stop = async () => {
      const asked = performance.now();
      signal(launch.stopSignal);
      const late = setTimeout(() => signal('SIGKILL'), launch.stopTimeout * 1000);
      const code = await gone;
      clearTimeout(late);
      if (child.signalCode === 'SIGKILL') throw new Error(`${service.type} had to be killed: ${output.join('')}`);
      if (code > 0 && code < 128) throw new Error(`${service.type} stopped with ${code}: ${output.join('')}`);
      return performance.now() - asked;
    };
    return {
      ...reports,
      attributes: launch.attributes,
      ports,
      readyAfter,
      usableAfter,
      output,
      process: child,
      stop,
      kill,
    };
  } catch (error) {
    await kill();
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('no port');
  return address.port;
}
