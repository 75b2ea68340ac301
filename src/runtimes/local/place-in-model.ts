import type { Diagnostic, Position } from '../../diagnostics/diagnostic.ts';
import { originOf } from '../../plan/origins.ts';
import type { Plan } from '../../plan/plan.ts';

/**
 * Points what was found out about a service's folder at the line of the model that names the folder. What has a place
 * already keeps it.
 */
export function atSource(diagnostics: readonly Diagnostic[], plan: Plan, workload: string): Diagnostic[] {
  const at = positionOf(originOf(plan, `/workloads/${workload}/source`));
  return diagnostics.map((diagnostic) => (diagnostic.at || !at ? diagnostic : { ...diagnostic, at }));
}

/** @param origin `file:line:column`, as a plan has it */
function positionOf(origin: string | undefined): Position | undefined {
  const [, file, line, column] = origin?.match(/^(.*):(\d+):(\d+)$/) ?? [];
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}
