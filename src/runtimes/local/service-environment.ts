import { Failure } from '../../diagnostics/diagnostic.ts';
import type { ServiceEnvironment } from './client.ts';
import type { RunContext } from './run-context.ts';
import { checkNames } from './selection.ts';
import { detectWorkload, folderOf, workloadEnvironment } from './workload-recipe.ts';

/**
 * What a workload runs with, for `gantry env` and `gantry exec`.
 * @throws Failure for a name that is no workload, or a folder that nothing is known about
 */
export async function serviceEnvironment(context: RunContext, name: string): Promise<ServiceEnvironment> {
  checkNames([name], Object.keys(context.plan.workloads));
  const workload = context.plan.workloads[name];
  if (!workload) throw new Error(`${name} is not in the plan`);
  const detection = await detectWorkload(context, workload);
  if (Array.isArray(detection)) throw new Failure(detection);
  const { recipe } = detection;
  const { run, variables, secret } = workloadEnvironment(context, workload, recipe);
  return {
    folder: folderOf(context.root, workload),
    path: recipe.path,
    variables: { ...run.environment, ...variables },
    secret,
  };
}
