import { createBacking } from './backing-unit.ts';
import type { RunContext } from './run-context.ts';
import type { Unit } from './unit.ts';
import { createWorkload } from './workload.ts';

/** Makes units for workloads and backing services of the context's plan, and adds them to the run. Starts nothing. */
export const addUnits = (context: RunContext, names: Iterable<string>): Unit[] =>
  [...names].map((name) => {
    const unit = name in context.plan.workloads ? createWorkload(context, name) : createBacking(context, name);
    context.units.set(name, unit);
    return unit;
  });
