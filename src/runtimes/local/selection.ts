import { runtimeUnknownName } from '../../diagnostics/catalogue/runtime.ts';
import { Failure } from '../../diagnostics/diagnostic.ts';
import { nearest } from '../../diagnostics/nearest.ts';
import type { Plan, Value } from '../../plan/plan.ts';

/** Names of the workloads and backing services that a workload waits for or mentions. */
function neededBy(plan: Plan, name: string): string[] {
  const workload = plan.workloads[name];
  if (!workload) {
    const given = Object.values(plan.backing[name]?.attributes ?? {});
    return given.flatMap(unitsIn);
  }
  return [...new Set([...Object.keys(workload.waits), ...Object.values(workload.environment).flatMap(unitsIn)])].filter(
    (other) => other !== name && (other in plan.workloads || other in plan.backing),
  );
}

const unitsIn = (value: Value): string[] =>
  value.flatMap((part) =>
    typeof part !== 'string' && (part.kind === 'workload' || part.kind === 'backing') ? [part.name] : [],
  );

/**
 * The names to run: those asked for with all that they need, directly or not; everything when nothing is asked for.
 * @throws Failure for a name that is not in the plan
 */
export function selectNames(plan: Plan, only: readonly string[] = []): Set<string> {
  const all = [...Object.keys(plan.workloads), ...Object.keys(plan.backing)];
  if (only.length === 0) return new Set(all);
  checkNames(only, all);
  const selected = new Set<string>();
  const open = [...only];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (selected.has(name)) continue;
    selected.add(name);
    open.push(...neededBy(plan, name));
  }
  return new Set(all.filter((name) => selected.has(name)));
}

/** @throws Failure with a diagnostic for each that is not among the names */
export function checkNames(asked: readonly string[], names: readonly string[]): void {
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Failure(unknown.map((name) => runtimeUnknownName(name, names, nearest(name, names))));
  }
}

/** For each name, who needs it directly: they are stopped before it. */
export function dependentsOf(plan: Plan, names: Iterable<string>): Map<string, string[]> {
  const dependents = new Map<string, string[]>([...names].map((name) => [name, []]));
  for (const name of dependents.keys()) {
    // Only what it waits for: two workloads may mention each other, and then neither can wait for the other's end.
    const needed = plan.workloads[name] ? Object.keys(plan.workloads[name].waits) : neededBy(plan, name);
    for (const other of needed) if (other !== name) dependents.get(other)?.push(name);
  }
  return dependents;
}
