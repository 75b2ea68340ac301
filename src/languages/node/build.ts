import { join } from 'node:path';
import { neverSource } from '../ignore.ts';
import type { Command, PrepareStep } from '../language.ts';
import type { Framework } from './framework.ts';
import type { Package } from './package.ts';
import { scriptCommand } from './scripts.ts';
import type { Tool } from './tool.ts';
import { localDependencies, type Workspace } from './workspace.ts';

/** Where builds of a package usually write; never a part of what they read. */
export const outputFolders = (of: Package): string[] =>
  ['dist', 'build', 'out', 'coverage', 'target'].map((name) => join(of.folder, name));

/**
 * One step for each package of the workspace that the service is built upon and has a `build` script, then its own.
 * @param start what will be started: the files that it names must be there after the build.
 */
export async function buildSteps(
  own: Package,
  workspace: Workspace,
  tool: Tool,
  framework: Framework | undefined,
  start: Command,
): Promise<PrepareStep[]> {
  const locals = localDependencies(own, workspace);
  const steps: PrepareStep[] = [];
  for (const [index, local] of locals.entries()) {
    const command = scriptCommand(local, 'build', tool);
    if (!command) continue;
    const name = `build ${local.name ?? local.folder}`;
    const outputs = local.main && isBuilt(local.main) ? [join(local.folder, local.main)] : [];
    const before = locals.slice(0, index).filter((other) => localDependencies(local, workspace).includes(other));
    steps.push(buildStep(name, local, before, command, outputs, workspace, tool));
  }
  const script = scriptCommand(own, 'build', tool);
  const command = script ?? (framework && { argv: framework.build, cwd: own.folder, environment: {} });
  if (!command) return steps;
  const named = start.argv.filter(isBuilt).map((word) => join(own.folder, word));
  const outputs = framework && framework.start[0] === start.argv[0] ? [join(own.folder, framework.built)] : named;
  const withEnvironment = { ...command, environment: { ...framework?.environment, ...command.environment } };
  const step = buildStep('build', own, locals, withEnvironment, outputs, workspace, tool);
  const written = (framework?.output ?? []).map((folder) => join(own.folder, folder));
  return [...steps, { ...step, ignore: [...step.ignore, ...written] }];
}

/** Whether a word of a command is a file that a build writes, by its folder. */
const isBuilt = (word: string): boolean => /^(\.\/)?(dist|build|out)\/[\w./-]+\.[mc]?js$/.test(word);

function buildStep(
  name: string,
  of: Package,
  locals: readonly Package[],
  command: Command,
  outputs: string[],
  workspace: Workspace,
  tool: Tool,
): PrepareStep {
  const above = workspace.root === of ? [] : ['package.json', 'tsconfig.json', 'tsconfig.base.json'];
  return {
    name,
    command: { ...command, environment: withoutPlaceholders(command.environment) },
    key: `build ${of.folder}`,
    inputs: [
      of.folder,
      ...locals.map(({ folder }) => folder),
      ...above.map((file) => join(workspace.root.folder, file)),
      ...(tool.lockfile ? [tool.lockfile] : []),
    ],
    facts: [`node ${process.versions.node}`],
    ignore: [...neverSource, ...[of, ...locals].flatMap(outputFolders)],
    outputs,
  };
}

/** A build knows no port: what the runtime decides must not decide whether it runs again. */
const withoutPlaceholders = (environment: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => !value.includes('${')));
