import { runtimeDetachFailed } from '../../diagnostics/catalogue/runtime.ts';
import { type Diagnostic, Failure } from '../../diagnostics/diagnostic.ts';
import { readFromParent, reportToParent, startInBackground } from '../../host/background.ts';
import { readTextIfExists } from '../../host/files.ts';
import { connectSupervisor, type SupervisorClient } from './client.ts';
import { makeState, placesOf } from './places.ts';

export interface DetachOptions {
  /** The command that supervises: it calls `superviseSystem` and then `reportDetached`. */
  argv: string[];
  /** Absolute folder of the model; the command runs there. */
  root: string;
  /** Name of the model's environment. */
  environment: string;
  /** Handed over to the command, which gets it from `handedOver`: what need not be found out twice. JSON. */
  input?: unknown;
  /** Added to the process environment. */
  variables?: Record<string, string>;
}

/**
 * Starts a supervisor in a session of its own, so that it outlives the terminal, and connects to it.
 * Its own output goes to `.gantry/run/<environment>.log`.
 * @throws Failure with the diagnostics that the command reported
 */
export async function startDetached(options: DetachOptions): Promise<SupervisorClient> {
  const { argv, root, environment, variables, input } = options;
  const places = placesOf(root, environment);
  await makeState(places);
  const background = await startInBackground({
    argv,
    cwd: root,
    environment: { ...process.env, ...variables },
    logFile: places.supervisorLog,
    ...(input === undefined ? {} : { input: JSON.stringify(input) }),
  });
  const text = await background.report;
  const diagnostics = text === undefined ? undefined : (JSON.parse(text) as Diagnostic[]);
  if (diagnostics !== undefined && diagnostics.length > 0) throw new Failure(diagnostics);
  const client = diagnostics === undefined ? undefined : await connectSupervisor(root, environment);
  if (client) return client;
  const lines = ((await readTextIfExists(places.supervisorLog)) ?? '').split('\n').filter(Boolean).slice(-12);
  throw new Failure([runtimeDetachFailed(await background.ended, lines)]);
}

/** In the background process: the `input` of `startDetached`; undefined when there was none. */
export async function handedOver(): Promise<unknown> {
  const text = await readFromParent();
  return text === undefined ? undefined : JSON.parse(text);
}

/**
 * Called in the background process, once: the supervision began, or why it did not.
 * Does nothing in a process that was not started by `startDetached`.
 */
export async function reportDetached(diagnostics: Diagnostic[] = []): Promise<void> {
  reportToParent(JSON.stringify(diagnostics.filter(({ severity }) => severity === 'error')));
}
