import { join } from 'node:path';
import { languageNothingToStart } from '../../diagnostics/catalogue/language.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { fillableCommand } from '../command.ts';
import { reloadsItself } from '../given-command.ts';
import type { Command, Detection, Language, Recipe, Reload, ServiceFolder } from '../language.ts';
import { shownPath } from '../manifest.ts';
import { restartOn } from '../reload.ts';
import { buildSteps, outputFolders } from './build.ts';
import { findEntry } from './entry.ts';
import { developCommand, type Framework, findFramework, startCommand } from './framework.ts';
import { type Package, readPackage } from './package.ts';
import { scriptCommand } from './scripts.ts';
import { findTool, hasDependencies, installStep, type Tool } from './tool.ts';
import { findWorkspace, localDependencies, type Workspace } from './workspace.ts';

/** JavaScript and TypeScript on Node.js, by package.json. */
export const node: Language = {
  name: 'node',
  looksFor: ['package.json'],
  programs: ['node', 'npm', 'npx', 'pnpm', 'yarn', 'tsx', 'next', 'vite', 'nodemon'],
  async detect(folder) {
    const { package: own, diagnostics } = await readPackage(folder.path, folder.root);
    if (own) return describe(folder, own);
    if (diagnostics.length === 0) return undefined;
    const run = fillableCommand([], folder.path);
    const recipe: Recipe = { requires: [], prepare: [], run, path: [], reload: { kind: 'none' } };
    return { language: 'node', because: ['package.json'], certainty: 'nothing-to-start', recipe, diagnostics };
  },
};

async function describe(folder: ServiceFolder, own: Package): Promise<Detection> {
  const workspace = await findWorkspace(own, folder.root);
  const tool = await findTool(workspace.root, folder.root);
  const framework = await findFramework(own);
  const start = await chooseStart(folder, own, tool, framework);
  const installs = hasDependencies(workspace);
  const builds = await buildSteps(own, workspace, tool, framework, start.builds ? start.command : undefined);
  const prepare = [...(installs ? [installStep(tool, workspace)] : []), ...builds];
  const shown = shownPath(own.folder, folder.root);
  const because = ['package.json'];
  if (framework) because.push(`${framework.name} in its dependencies`);
  if (installs && tool.lockfile) because.push(shownPath(tool.lockfile, folder.root));
  if (start.because) because.push(start.because);
  return {
    language: 'node',
    framework: framework?.name,
    tool: tool.name,
    because,
    certainty: start.certainty,
    recipe: {
      requires: [
        {
          program: 'node',
          versions: own.nodeVersions ?? workspace.root.nodeVersions,
          from: `engines.node of ${shownPath(join(own.nodeVersions ? own.folder : workspace.root.folder, 'package.json'), folder.root)}`,
          cure: 'install a Node.js that fits, for example with a version manager',
        },
        ...(installs ? tool.requires : []),
      ],
      prepare,
      run: start.command,
      path: [...new Set([own.folder, workspace.root.folder])].map((place) => join(place, 'node_modules/.bin')),
      reload: await reloadOf(own, workspace, tool, start, prepare),
    },
    diagnostics: [...(installs ? tool.diagnostics : []), ...start.diagnostics(shown)],
  };
}

interface Start {
  command: Command;
  /** Needs what the `build` script makes. */
  builds: boolean;
  /** Watches its files itself. */
  reloads: boolean;
  because?: string;
  certainty: Detection['certainty'];
  diagnostics(shown: string): Diagnostic[];
}

/** What is started: the model's command, the framework's server, the scripts of package.json, a file of a usual name. */
async function chooseStart(folder: ServiceFolder, own: Package, tool: Tool, framework?: Framework): Promise<Start> {
  const fine = { certainty: 'manifest' as const, diagnostics: () => [] };
  const environment = { NODE_ENV: folder.mode };
  const given = folder.devCommand ?? folder.command;
  if (given) {
    const command = fillableCommand(given, own.folder, { ...framework?.environment, ...environment });
    const builds = !folder.devCommand || given.some((word) => /^(\.\/)?(dist|build|out|lib|\.next)\b/.test(word));
    const dev = framework && given.includes('dev');
    return { ...fine, command, builds: builds && !dev, reloads: reloadsItself(given) };
  }
  const withEnvironment = (command: Command) => ({
    ...command,
    environment: { ...environment, ...command.environment },
  });
  if (framework && folder.mode === 'development')
    return { ...fine, command: withEnvironment(developCommand(framework, own, tool)), builds: false, reloads: true };
  if (framework)
    return { ...fine, command: withEnvironment(startCommand(framework, own, tool)), builds: true, reloads: false };
  const started = scriptCommand(own, 'start', tool);
  const script = started ?? scriptCommand(own, 'dev', tool);
  if (script)
    return {
      ...fine,
      command: withEnvironment(script),
      builds: started !== undefined && !reloadsItself(script.argv),
      reloads: reloadsItself(script.argv),
      because: `its ${started ? 'start' : 'dev'} script`,
    };
  const entry = await findEntry(own, shownPath(own.folder, folder.root));
  if (entry)
    return {
      // `main` alone is what a library has, too.
      certainty: entry.file === own.main ? 'files' : 'manifest',
      command: withEnvironment(entry.command),
      builds: entry.file === own.main,
      reloads: false,
      because: entry.file,
      diagnostics: () => entry.diagnostics,
    };
  return {
    certainty: 'nothing-to-start',
    command: fillableCommand([], own.folder),
    builds: false,
    reloads: false,
    diagnostics: (shown) => [
      languageNothingToStart(shown, 'node', ['a `start` script or `main` in package.json', 'src/main.ts', 'main.js']),
    ],
  };
}

async function reloadOf(
  own: Package,
  workspace: Workspace,
  tool: Tool,
  start: Start,
  prepare: Recipe['prepare'],
): Promise<Reload> {
  const manifests = [...new Set([own, workspace.root])].map(({ folder }) => join(folder, 'package.json'));
  const files = [...(tool.lockfile ? [tool.lockfile] : []), ...manifests];
  const locals = localDependencies(own, workspace);
  // A framework watches what it imports: of a package that has to be built, only what was built.
  const sources = locals.filter(({ scripts }) => scripts['build']).map(({ folder }) => join(folder, 'src'));
  if (start.reloads) return { kind: 'self', restart: [...files, ...sources] };
  const watch = [own, ...locals].map(({ folder }) => folder);
  const written = (await Promise.all([own, ...locals].map(outputFolders))).flat();
  return restartOn([...watch, ...files], written, prepare);
}
