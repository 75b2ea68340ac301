import { runtimeDetachFailed } from '../../diagnostics/catalogue/runtime.ts';
import { type Diagnostic, Failure } from '../../diagnostics/diagnostic.ts';
import { readFromParent, reportToParent, startInBackground } from '../../host/background.ts';
import { readTextIfExists } from '../../host/files.ts';
import { connectSupervisor, type SupervisorClient } from './client.ts';
import { makeState, placesOf } from './places.ts';

export interface DetachOptions {
  /** The command that supervises: it calls `handedOver`, `superviseSystem`, and then `reportDetached`. */
  argv: string[];
  /** Absolute folder of the model; the command runs there. */
  root: string;
  /** Name of the model's environment. */
  environment: string;
  /** Added to the process environment. */
  variables?: Record<string, string>;
}

/** A process in the background that has begun to load, and waits to be told what to supervise. */
export interface DetachedStart {
  /**
   * Hands over what need not be found out twice (JSON), and connects to the supervisor.
   * @throws Failure with the diagnostics that the command reported
   */
  handOver(input: unknown): Promise<SupervisorClient>;
  /** There is nothing to supervise after all. */
  cancel(): void;
}

/**
 * Starts a supervisor in a session of its own, so that it outlives the terminal. It gets ready while its starter still
 * reads the model. Its own output goes to `.gantry/run/<environment>.log`.
 */
export async function startDetached(options: DetachOptions): Promise<DetachedStart> {
  const { argv, root, environment, variables } = options;
  const places = placesOf(root, environment);
  await makeState(places);
  const background = await startInBackground({
    argv,
    cwd: root,
    environment: { ...process.env, ...variables },
    logFile: places.supervisorLog,
  });
  return {
    async handOver(input) {
      background.handOver(JSON.stringify(input));
      const text = await background.report;
      const diagnostics = text === undefined ? undefined : (JSON.parse(text) as Diagnostic[]);
      if (diagnostics !== undefined && diagnostics.length > 0) throw new Failure(diagnostics);
      const client = diagnostics === undefined ? undefined : await connectSupervisor(root, environment);
      if (client) return client;
      const lines = ((await readTextIfExists(places.supervisorLog)) ?? '').split('\n').filter(Boolean).slice(-12);
      throw new Failure([runtimeDetachFailed(await background.ended, lines)]);
    },
    cancel: () => background.handOver(),
  };
}

/**
 * In the background process: what `handOver` was given, once it was; `cancelled` when it never will be. Undefined in a
 * process that was not started by `startDetached`.
 */
export async function handedOver(): Promise<{ input: unknown } | 'cancelled' | undefined> {
  const text = await readFromParent();
  if (text === undefined) return undefined;
  return text === '' ? 'cancelled' : { input: JSON.parse(text) };
}

/**
 * Called in the background process, once: the supervision began, or why it did not.
 * Does nothing in a process that was not started by `startDetached`.
 */
export async function reportDetached(diagnostics: Diagnostic[] = []): Promise<void> {
  reportToParent(JSON.stringify(diagnostics.filter(({ severity }) => severity === 'error')));
}
