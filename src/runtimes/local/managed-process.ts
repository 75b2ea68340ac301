import { type Exit, isGroupEmpty, startGroup, stopGroup } from '../../host/process-group.ts';
import { processMarker } from './record.ts';
import type { RunContext } from './run-context.ts';

export interface ManagedOptions {
  /** Workload or backing service that it belongs to. */
  name: string;
  /** A `task` runs beside or before the service itself: a `before` command. */
  role: 'service' | 'task';
  argv: readonly string[];
  cwd: string;
  /** The whole environment, without the run's markers. */
  environment: Record<string, string>;
  user?: { uid: number; gid: number };
  stopSignal?: NodeJS.Signals;
  /** Milliseconds. */
  stopTimeout: number;
}

/** A process of the run: logged, watched over, and gone with its whole group. */
export interface ManagedProcess {
  pid: number;
  /** When its leader ended and nothing of its group is left. */
  ended: Promise<Exit>;
  /** The last lines of its output, masked. */
  lastLines(): string[];
  /** Resolves when nothing of its group is left. @param timeout milliseconds until SIGKILL, at most the process's own */
  stop(timeout?: number): Promise<void>;
}

/** Lines kept to explain an exit. */
const keptLines = 12;
/** Milliseconds for what a leader that ended by itself left behind. */
const leftoverTimeout = 2_000;

/**
 * Starts a process of a workload or backing service.
 * @throws the system's error when the program cannot be started
 */
export async function startManaged(context: RunContext, options: ManagedOptions): Promise<ManagedProcess> {
  const { name, stopSignal = 'SIGTERM' } = options;
  const marker = options.role === 'service' ? processMarker(context.run, name) : undefined;
  const lines: string[] = [];
  const log = context.logOf(name);
  const group = await startGroup({
    argv: options.argv,
    cwd: options.cwd,
    environment: markedEnvironment(context, options.environment, name, options.role),
    user: options.user,
    onLine(text, stream) {
      const line = context.mask.apply(text);
      const at = Date.now();
      log.append(logText(at, stream, line));
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      context.emit({ type: 'log', at, name, stream, line });
    },
  });
  const { pid, started } = group;
  context.watchdog.add(pid, started, stopSignal);
  context.record.add({ name, pid, started, signal: stopSignal });
  let over = false;
  let stopping: Promise<unknown> | undefined;
  const ended = group.exited.then(async (exit) => {
    // While it is being stopped its children have the same time as it had.
    if (stopping) await stopping;
    else if (!isGroupEmpty(pid)) await stopGroup(pid, { signal: stopSignal, timeout: leftoverTimeout, marker });
    over = true;
    context.watchdog.remove(pid);
    context.record.remove(pid);
    return exit;
  });
  return {
    pid,
    ended,
    lastLines: () => [...lines],
    async stop(timeout = options.stopTimeout) {
      // Once the group is empty its number may be a stranger's.
      if (!over) {
        const stop = stopGroup(pid, { signal: stopSignal, timeout: Math.min(timeout, options.stopTimeout), marker });
        stopping = Promise.all([stopping, stop]);
      }
      await ended;
    },
  };
}

/** The environment with the markers by which the run's processes are found again. */
export const markedEnvironment = (
  context: RunContext,
  environment: Record<string, string>,
  name: string,
  role: ManagedOptions['role'],
): Record<string, string> => ({
  ...environment,
  GANTRY_RUN: context.run,
  GANTRY_SYSTEM: context.plan.system,
  GANTRY_ROOT: context.root,
  GANTRY_SERVICE: name,
  ...(role === 'service' ? { GANTRY_PROCESS: `${context.run}/${name}` } : {}),
});

/** A line as it stands in a log: time, `O` or `E` for the stream, text. */
export const logText = (at: number, stream: 'stdout' | 'stderr', line: string): string =>
  `${new Date(at).toISOString()} ${stream === 'stdout' ? 'O' : 'E'} ${line}`;

/** How a process ended, in words. */
export const exitText = (exit: Exit): string => (exit.signal ? exit.signal : `exit code ${exit.code}`);
