import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SupervisorClient } from './client.ts';

export interface DetachOptions {
  /** The command that supervises: it calls `superviseSystem` and then `reportDetached`. */
  argv: string[];
  /** Absolute folder of the model; the command runs there. */
  root: string;
  /** Name of the model's environment. */
  environment: string;
  /** Added to the process environment. */
  variables?: Record<string, string>;
}

/**
 * Starts a supervisor in a session of its own, so that it outlives the terminal, and connects to it.
 * Its own output goes to `.gantry/logs/<environment>/supervisor.log`.
 * @throws Failure with the diagnostics that the command reported
 */
export async function startDetached(_options: DetachOptions): Promise<SupervisorClient> {
  throw new Error('under construction');
}

/** Called in the background process, once: the supervision began, or why it did not. */
export async function reportDetached(_diagnostics: Diagnostic[] = []): Promise<void> {
  throw new Error('under construction');
}
