import type { RuntimeEvent } from './event.ts';
import type { SystemStatus } from './status.ts';

/** A running supervisor, reached over its control socket. Every call is one request: there is nothing to close. */
export interface SupervisorClient {
  /** Process id of the supervisor. */
  pid: number;
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
export async function connectSupervisor(_root: string, _environment: string): Promise<SupervisorClient | undefined> {
  throw new Error('under construction');
}
