import type { Unit } from './unit.ts';

/** Milliseconds in which a whole system stops, whatever its services do; the last part is kept for SIGKILL. */
const wholeStop = 7_500;
/** What even the last in line gets to end in good order; a database writes its checkpoint. */
const leastStop = { workload: 750, backing: 2_000 };

/**
 * Stops units, each as soon as all that depend on it are gone.
 * @param dependents for each name, who must be gone before it; without circles, as the planner makes sure
 * @param timeout milliseconds for each until SIGKILL; by default what is left of the time for the whole
 */
export async function stopInOrder(
  units: ReadonlyMap<string, Unit>,
  dependents: ReadonlyMap<string, readonly string[]>,
  timeout?: number,
): Promise<void> {
  const begun = performance.now();
  const stops = new Map<string, Promise<void>>();
  const stop = (name: string): Promise<void> => {
    const known = stops.get(name);
    if (known) return known;
    const before = (dependents.get(name) ?? []).filter((other) => units.has(other));
    const promise = Promise.all(before.map(stop)).then(() => {
      const unit = units.get(name);
      const rest = wholeStop - (performance.now() - begun);
      return unit?.stop(timeout ?? Math.max(leastStop[unit.kind], rest));
    });
    stops.set(name, promise);
    return promise;
  };
  await Promise.all([...units.keys()].map(stop));
}
