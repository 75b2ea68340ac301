import { attributeNotServed } from '../diagnostics/catalogue/backing.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Plan } from '../plan/plan.ts';
import type { AcquiredProgram, Launch } from './backing.ts';

/**
 * What services ask of a backing service that the program at hand does not serve: one warning for each attribute, with
 * the variables that stay unset for it.
 */
export function unservedAttributes(plan: Plan, name: string, program: AcquiredProgram, launch: Launch): Diagnostic[] {
  const asking = new Map<string, string[]>();
  for (const workload of Object.values(plan.workloads)) {
    for (const [variable, value] of Object.entries(workload.environment)) {
      for (const part of value) {
        if (typeof part === 'string' || part.kind !== 'backing' || part.name !== name) continue;
        if (part.attribute in launch.attributes) continue;
        asking.set(part.attribute, [...(asking.get(part.attribute) ?? []), `${workload.name}.${variable}`]);
      }
    }
  }
  return [...asking].map(([attribute, variables]) => attributeNotServed(name, attribute, variables, program.origin));
}
