import { notReadyInTime } from '../../diagnostics/catalogue/command.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SystemStatus } from '../../runtimes/local/status.ts';

/** What keeps a system from being ready, when its time is over. @param timeout seconds */
export function latecomers({ processes }: SystemStatus, timeout: number): Diagnostic {
  const late = processes.filter(({ state }) => state !== 'ready' && state !== 'completed');
  return notReadyInTime(
    late.map(({ name }) => name),
    timeout,
  );
}

/**
 * Calls back once when the time is over, unless it is met before.
 * @param timeout seconds; without it there is no end
 * @returns the deadline is met
 */
export function deadline(timeout: number | undefined, onLate: (timeout: number) => void): () => void {
  if (timeout === undefined) return () => {};
  const timer = setTimeout(onLate, timeout * 1000, timeout);
  return () => clearTimeout(timer);
}
