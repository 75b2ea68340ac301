import { runtimeNotRunning } from '../../diagnostics/catalogue/runtime.ts';
import { type Diagnostic, Failure } from '../../diagnostics/diagnostic.ts';
import { remove } from '../../host/files.ts';
import { askSocket, streamSocket } from '../../host/local-socket.ts';
import { kill } from '../../host/process-group.ts';
import { isRunning } from '../../host/process-table.ts';
import type { RuntimeEvent } from './event.ts';
import { placesOf } from './places.ts';
import { isSupervised, type RunRecord, readRecord, sweepLeftovers } from './record.ts';
import type { SystemStatus } from './status.ts';

/** A running supervisor, reached over its control socket. Every call is one request: there is nothing to close. */
export interface SupervisorClient {
  /** Process id of the supervisor. */
  pid: number;
  system: string;
  environment: string;
  status(): Promise<SystemStatus>;
  /**
   * The events from now on, after one `status` event for each process and one `system` event that say how things stand.
   * Ends when the supervisor ends or the signal is aborted.
   */
  events(signal?: AbortSignal): AsyncIterable<RuntimeEvent>;
  /** As Supervisor.restart. @throws Failure for a name that is not there. */
  restart(names: readonly string[]): Promise<void>;
  /** Resolves when every process of the system and the supervisor itself are gone. */
  stop(options?: { now?: boolean }): Promise<void>;
  /** What a workload runs with. @throws Failure for a name that is not there or an address not known yet. */
  environmentOf(service: string): Promise<ServiceEnvironment>;
}

/** For `gantry env` and `gantry exec`. */
export interface ServiceEnvironment {
  /** Absolute folder in which the service runs. */
  folder: string;
  /** Folders that stand before the user's PATH. */
  path: string[];
  /** What the model and the language give it, without the variables that it inherits from the user. */
  variables: Record<string, string>;
  /** Names of the variables that hold a secret value; printed only when asked for. */
  secret: string[];
}

/**
 * Finds the supervisor of a system that runs on this machine; undefined when there is none.
 * @param root absolute folder of the model
 */
export async function connectSupervisor(root: string, environment: string): Promise<SupervisorClient | undefined> {
  const record = await readRecord(placesOf(root, environment));
  if (!record || !isSupervised(record)) return undefined;
  return clientOf(record);
}

/**
 * Ends what a killed supervisor left running, if it left anything; normally its watchdog has done so.
 * @returns whose processes they were; undefined when nothing was written down, or its supervisor runs
 */
export async function clearLeftovers(
  root: string,
  environment: string,
): Promise<{ system: string; environment: string } | undefined> {
  const places = placesOf(root, environment);
  const record = await readRecord(places);
  if (!record || isSupervised(record)) return undefined;
  await sweepLeftovers(record);
  // Unless a new run has begun meanwhile, whose record it is now.
  if ((await readRecord(places))?.run === record.run) await remove(places.record);
  return { system: record.system, environment: record.environment };
}

function clientOf(record: RunRecord): SupervisorClient {
  const { pid, started } = record.supervisor;
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await askSocket(record.socket, { method, path, body });
    if (!answer) throw new Failure([runtimeNotRunning(record.system, record.environment)]);
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    const { diagnostics, message } = (answer.body ?? {}) as { diagnostics?: Diagnostic[]; message?: string };
    throw diagnostics ? new Failure(diagnostics) : new Error(message ?? `the supervisor answers ${answer.status}`);
  };
  return {
    pid,
    system: record.system,
    environment: record.environment,
    status: () => ask('GET', '/status') as Promise<SystemStatus>,
    events: (signal) =>
      streamSocket(record.socket, { method: 'GET', path: '/events' }, signal) as AsyncIterable<RuntimeEvent>,
    async restart(names) {
      await ask('POST', '/restart', { names });
    },
    async stop(options = {}) {
      // Without its socket (a cleaned-up temporary folder) it still understands a signal.
      await ask('POST', '/stop', options).catch(() => isRunning(pid, started) && kill(pid, 'SIGTERM'));
      while (isRunning(pid, started)) await new Promise((resolve) => setTimeout(resolve, 25));
      // Normally nothing: a supervisor that was killed in the middle of the stop may have left something.
      await sweepLeftovers(record);
    },
    environmentOf: (service) =>
      ask('GET', `/environment/${encodeURIComponent(service)}`) as Promise<ServiceEnvironment>,
  };
}
