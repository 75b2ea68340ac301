import { join } from 'node:path';
import { runtimeNothingToRun } from '../../diagnostics/catalogue/runtime.ts';
import { type Diagnostic, Failure, hasErrors } from '../../diagnostics/diagnostic.ts';
import { findProcess } from '../../host/process-table.ts';
import { fillCommand } from '../../languages/command.ts';
import { givenCommand } from '../../languages/given-command.ts';
import type { Command, Detection, Recipe } from '../../languages/language.ts';
import type { Plan, Workload } from '../../plan/plan.ts';
import { host, inheritedVariables, type ResolvedVariables, resolveVariables, withPath } from './environment.ts';
import { logText, markedEnvironment } from './managed-process.ts';
import { mountVariables } from './mounts.ts';
import { atSource } from './place-in-model.ts';
import type { RunContext } from './run-context.ts';

/**
 * Finds out how a workload is prepared and run on this machine.
 * @returns diagnostics when nothing tells
 */
export async function detectWorkload(
  { root, mode }: Pick<RunContext, 'root' | 'mode'>,
  workload: Workload,
): Promise<Detection | Diagnostic[]> {
  const { source, dev, command } = workload;
  const folder = { path: folderOf(root, workload), root, command, devCommand: dev.command, mode };
  if (source) {
    const { detectLanguage } = await import('../../languages/registry.ts');
    return detectLanguage(folder);
  }
  if (!dev.command) return [runtimeNothingToRun(workload.name)];
  // Without a source there is nothing of its own to watch, unless the model says so.
  const given = givenCommand(folder, dev.command);
  return { ...given, recipe: { ...given.recipe, reload: { kind: 'none' } } };
}

/** What a look at all workloads found. */
export interface WorkloadCheck {
  /** Folders that nothing is known about, and the like. */
  diagnostics: Diagnostic[];
  /** By name; good for the first start, for nothing has changed since. */
  detections: Map<string, Detection>;
  /** Programs that are missing. Asking them for their versions takes a while, in which other things can be done. */
  requirements: Promise<Diagnostic[]>;
}

/** Looks at all workloads before they are started, so that every mistake is told at once. */
export async function checkWorkloads(
  context: Pick<RunContext, 'root' | 'mode'>,
  plan: Plan,
  names: ReadonlySet<string>,
): Promise<WorkloadCheck> {
  const workloads = Object.values(plan.workloads).filter(({ name }) => names.has(name));
  const detections = new Map<string, Detection>();
  const recipes: Record<string, Recipe> = {};
  const diagnostics: Diagnostic[] = [];
  const found = await Promise.all(workloads.map((workload) => detectWorkload(context, workload)));
  for (const [index, detection] of found.entries()) {
    const name = workloads[index]?.name ?? '';
    if (Array.isArray(detection)) diagnostics.push(...atSource(detection, plan, name));
    else {
      diagnostics.push(...atSource(detection.diagnostics, plan, name));
      detections.set(name, detection);
      recipes[name] = detection.recipe;
    }
  }
  const requirements = hasErrors(diagnostics) ? Promise.resolve([]) : missingPrograms(recipes);
  return { diagnostics, detections, requirements };
}

async function missingPrograms(recipes: Record<string, Recipe>): Promise<Diagnostic[]> {
  if (Object.values(recipes).every(({ requires }) => requires.length === 0)) return [];
  const { checkRequirements } = await import('../../languages/requirements.ts');
  return checkRequirements(recipes);
}

/** Absolute folder in which a workload runs. */
export const folderOf = (root: string, workload: Workload): string => join(root, workload.source?.folder ?? '.');

/** What a workload's processes get. */
export interface WorkloadEnvironment extends ResolvedVariables {
  /** How the service itself is run. */
  run: Command;
  /** The whole environment of the service. */
  service: Record<string, string>;
  /** The same for its `before` commands and command probes, which are not the language's command. */
  task: Record<string, string>;
}

/** Puts the environment of a workload together: the user's, the language's, the model's; later ones win. */
export function workloadEnvironment(context: RunContext, workload: Workload, recipe: Recipe): WorkloadEnvironment {
  const resolved = resolveVariables(workload, context.addresses);
  const port = resolved.variables['PORT'];
  const run = fillCommand(recipe.run, { host, ...(port ? { port: Number(port) } : {}) });
  const inherited = { ...inheritedVariables(context.plan), PATH: withPath(recipe.path) };
  const variables = { ...mountVariables(context, workload), ...resolved.variables };
  const given = Object.fromEntries(Object.entries(variables).filter(([name]) => name !== 'PATH'));
  return {
    variables,
    secret: resolved.secret,
    run,
    service: { ...inherited, ...run.environment, ...given },
    task: { ...inherited, ...run.environment, ...given },
  };
}

/**
 * Installs and builds what a workload needs.
 * @param options.only names of steps, for a reload
 * @throws Failure with the output of the step that failed
 */
export async function prepareWorkload(
  context: RunContext,
  name: string,
  recipe: Recipe,
  options: { only?: readonly string[]; signal: AbortSignal; onStep(message: string): void },
): Promise<void> {
  if (recipe.prepare.length === 0) return;
  const { prepareService } = await import('../../languages/prepare.ts');
  const log = context.logOf(name);
  const groups: number[] = [];
  const { diagnostics } = await prepareService(recipe, {
    recordsFolder: context.places.prepared,
    root: context.root,
    only: options.only,
    signal: options.signal,
    environment: markedEnvironment(context, inheritedVariables(context.plan), name, 'task'),
    onStart(pid) {
      // An abort ends a step with its group; the watchdog does when nobody is left to abort it.
      const started = findProcess(pid)?.started;
      if (started === undefined) return;
      groups.push(pid);
      context.watchdog.add(pid, started, 'SIGTERM');
      context.record.add({ name, pid, started, signal: 'SIGTERM' });
    },
    onProgress(message, step) {
      options.onStep(`${step}: ${message}`);
      context.emit({ type: 'progress', at: Date.now(), name, message: `${step}: ${message}` });
    },
    onLine(text, stream) {
      const line = context.mask.apply(text);
      log.append(logText(Date.now(), stream, line));
      context.emit({ type: 'progress', at: Date.now(), name, message: line });
    },
  });
  for (const pid of groups) {
    context.watchdog.remove(pid);
    context.record.remove(pid);
  }
  options.signal.throwIfAborted();
  if (hasErrors(diagnostics)) throw new Failure(diagnostics);
}
