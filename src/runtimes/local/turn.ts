import { setTimeout as sleep } from 'node:timers/promises';
import { processors } from '../../host/cores.ts';
import type { RunContext } from './run-context.ts';

/** Milliseconds for which a process mostly computes: its runtime starts, its modules are read. */
const boot = 100;
/** Milliseconds that nobody waits longer than. */
const most = 250;

/**
 * Lets those start first that others wait for. A dozen services that all start at once on two processors slow down the one
 * on which the rest depends, and with it the whole; the others lose nothing by coming a moment later.
 */
export async function awaitTurn(context: RunContext, name: string, signal: AbortSignal): Promise<void> {
  const workloads = Object.values(context.plan.workloads);
  if (workloads.length <= processors()) return;
  if (workloads.some(({ waits }) => name in waits)) {
    context.neededStart = performance.now();
    return;
  }
  const end = performance.now() + most;
  for (;;) {
    const now = performance.now();
    const wait = Math.min(context.neededStart + boot, end) - now;
    if (wait <= 0) return;
    await sleep(wait, undefined, { signal });
  }
}
