import { join } from 'node:path';
import { readTextIfExists } from '../../host/files.ts';
import { neverSource } from '../ignore.ts';
import type { Command, PrepareStep } from '../language.ts';
import { isBelow } from '../reload.ts';
import type { Framework } from './framework.ts';
import type { Package } from './package.ts';
import { scriptCommand } from './scripts.ts';
import type { Tool } from './tool.ts';
import { localDependencies, type Workspace } from './workspace.ts';

/** Where builds of a package write, by custom and by `outDir` of its tsconfig.json; never a part of what they read. */
export async function outputFolders(of: Package): Promise<string[]> {
  const usual = ['dist', 'build', 'out', 'coverage', 'target'].map((name) => join(of.folder, name));
  const configured: string[] = [];
  for (const file of ['tsconfig.json', 'tsconfig.build.json']) {
    // Not read as JSON: comments are allowed in it, and only this one value is wanted.
    const folder = /"outDir"\s*:\s*"([^"]+)"/.exec((await readTextIfExists(join(of.folder, file))) ?? '')?.[1];
    if (folder) configured.push(join(of.folder, folder));
  }
  return [...new Set([...usual, ...configured])].filter((folder) => folder !== of.folder);
}

/**
 * One step for each package of the workspace that the service is built upon and has a `build` script, then its own.
 * @param start what will be started: the files that it names must be there after the build; absent when the service
 *   itself needs no build.
 */
export async function buildSteps(
  own: Package,
  workspace: Workspace,
  tool: Tool,
  framework: Framework | undefined,
  start: Command | undefined,
): Promise<PrepareStep[]> {
  const locals = localDependencies(own, workspace);
  const steps: PrepareStep[] = [];
  for (const local of locals) {
    const command = scriptCommand(local, 'build', tool);
    if (!command) continue;
    const outputs = await builtFiles(local, local.main ? [local.main] : []);
    const upon = localDependencies(local, workspace).filter((other) => other !== own);
    steps.push(await buildStep(`build ${local.name ?? local.folder}`, local, upon, command, outputs, workspace, tool));
  }
  if (!start) return steps;
  const script = scriptCommand(own, 'build', tool);
  const command = script ?? (framework && { argv: framework.build, cwd: own.folder, environment: {} });
  if (!command) return steps;
  const served = framework && framework.start[0] === start.argv[0];
  const outputs = served ? [join(own.folder, framework.built)] : await builtFiles(own, start.argv);
  const withEnvironment = { ...command, environment: { ...framework?.environment, ...command.environment } };
  const step = await buildStep('build', own, locals, withEnvironment, outputs, workspace, tool);
  const written = (framework?.output ?? []).map((folder) => join(own.folder, folder));
  return [...steps, { ...step, ignore: [...step.ignore, ...written] }];
}

/** Those of some words of a command that are files which a build writes, as absolute paths. */
async function builtFiles(of: Package, words: readonly string[]): Promise<string[]> {
  const folders = await outputFolders(of);
  const files = words.filter((word) => /\.[mc]?js$/.test(word)).map((word) => join(of.folder, word));
  return files.filter((file) => folders.some((folder) => isBelow(file, folder)));
}

async function buildStep(
  name: string,
  of: Package,
  locals: readonly Package[],
  command: Command,
  outputs: string[],
  workspace: Workspace,
  tool: Tool,
): Promise<PrepareStep> {
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
    ignore: [...neverSource, ...(await Promise.all([of, ...locals].map(outputFolders))).flat()],
    outputs,
  };
}

/** A build knows no port: what the runtime decides must not decide whether it runs again. */
const withoutPlaceholders = (environment: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => !value.includes('${')));
