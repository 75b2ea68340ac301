import { runtimeUnknownName } from '../diagnostics/catalogue/runtime.ts';
import { Failure } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { SupervisorClient } from '../runtimes/local/client.ts';
import { findRunning } from './connect.ts';
import type { ModelPlace } from './locate.ts';

/**
 * Names of services and backing services: of the running system, otherwise of the model; undefined while neither says.
 */
export async function namesOf(place: ModelPlace): Promise<string[] | undefined> {
  const running = await findRunning(place);
  if (running) return (await running.client.status()).processes.map(({ name }) => name);
  try {
    // Loaded only here: a supervisor checks names too, and must not hold the loader of models for that.
    const { loadPlan } = await import('./load-plan.ts');
    const { plan } = await loadPlan(place);
    return [...Object.keys(plan.workloads), ...Object.keys(plan.backing)];
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** @throws Failure with every name that is not among those there are, and the nearest one */
export function checkNames(asked: readonly string[], names: readonly string[]): void {
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  throw new Failure(unknown.map((name) => runtimeUnknownName(name, names, nearest(name, names))));
}

/** @throws Failure when the name is no service of the running system */
export async function checkWorkload(client: SupervisorClient, service: string): Promise<void> {
  const { processes } = await client.status();
  checkNames(
    [service],
    processes.filter(({ kind }) => kind === 'workload').map(({ name }) => name),
  );
}
