import { join } from 'node:path';
import { languageNoLockfile, languageSeveralLockfiles } from '../../diagnostics/catalogue/language.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { exists, readTextIfExists } from '../../host/files.ts';
import { findProgram } from '../../host/programs.ts';
import type { PrepareStep, RequiredProgram } from '../language.ts';
import { shownPath } from '../manifest.ts';
import { matchesLockfile } from './installed.ts';
import type { Package } from './package.ts';
import type { Workspace } from './workspace.ts';

/** Package manager of a workspace. `plugnplay`: yarn without node_modules, where only yarn itself can run programs. */
export interface Tool {
  name: 'npm' | 'pnpm' | 'yarn';
  /** The program, with corepack in front where only that is there. */
  program: string[];
  plugnplay: boolean;
  /** yarn 2 or later. */
  modern: boolean;
  lockfile?: string;
  requires: RequiredProgram[];
  diagnostics: Diagnostic[];
}

const lockfiles = { npm: ['package-lock.json', 'npm-shrinkwrap.json'], pnpm: ['pnpm-lock.yaml'], yarn: ['yarn.lock'] };
const names = ['npm', 'pnpm', 'yarn'] as const;

/** Which package manager a workspace uses: `packageManager` of its package.json, else by its lockfile, else npm. */
export async function findTool(root: Package, systemRoot: string): Promise<Tool> {
  const present: { name: Tool['name']; file: string }[] = [];
  for (const name of names)
    for (const file of lockfiles[name]) if (await exists(join(root.folder, file))) present.push({ name, file });
  const stated = names.find((name) => root.packageManager?.startsWith(`${name}@`));
  const taken = stated ? present.find(({ name }) => name === stated) : present[0];
  const name = stated ?? taken?.name ?? 'npm';
  const others = present.filter((one) => one.name !== name).map(({ file }) => file);
  const diagnostics: Diagnostic[] = [];
  const shown = shownPath(root.folder, systemRoot);
  if (taken && others.length > 0 && !stated) diagnostics.push(languageSeveralLockfiles(shown, taken.file, others));
  if (!taken && Object.keys(root.dependencies).length > 0)
    diagnostics.push(languageNoLockfile(shown, lockfiles[name][0] ?? '', `${name} install`));
  const settings = name === 'yarn' ? await yarnSettings(root) : undefined;
  const corepack = name !== 'npm' && !(await findProgram(name)) && (await findProgram('corepack'));
  return {
    name,
    program: corepack ? ['corepack', name] : [name],
    modern: settings?.modern === true,
    plugnplay: settings?.plugnplay === true,
    lockfile: taken && join(root.folder, taken.file),
    requires: corepack ? [] : [{ program: name, ...settings?.versions, cure: cures[name] }],
    diagnostics,
  };
}

const cures = {
  npm: 'install Node.js, which brings npm',
  pnpm: 'run `npm install --global pnpm`',
  yarn: 'run `npm install --global yarn`, or `corepack enable`',
};

/**
 * Which yarn a workspace is written for. Version 2 and later link nothing into node_modules unless they are told to;
 * `yarnPath` lets any yarn hand over to the one in the repository.
 */
async function yarnSettings(root: Package) {
  const settings = await readTextIfExists(join(root.folder, '.yarnrc.yml'));
  const lock = (await readTextIfExists(join(root.folder, 'yarn.lock'))) ?? '';
  const modern = lock.includes('__metadata:') || settings !== undefined;
  return {
    modern,
    plugnplay: modern && !/^\s*nodeLinker:\s*["']?(node-modules|pnpm)/m.test(settings ?? ''),
    ...(modern && !settings?.includes('yarnPath') ? { versions: { versions: '>=2', from: 'yarn.lock' } } : {}),
  };
}

/** Installs a workspace: the lockfile's versions exactly where there is one, and never without development packages. */
export function installStep(tool: Tool, { root, packages }: Workspace): PrepareStep {
  const at = (name: string) => join(root.folder, name);
  const { modern } = tool;
  const { words, outputs } = {
    npm: {
      words: tool.lockfile ? ['ci'] : ['install', '--no-package-lock'],
      outputs: [at('node_modules/.package-lock.json')],
    },
    pnpm: {
      words: ['install', tool.lockfile ? '--frozen-lockfile' : '--no-lockfile'],
      outputs: [at('node_modules/.modules.yaml')],
    },
    yarn: {
      words: modern
        ? ['install', ...(tool.lockfile ? ['--immutable'] : [])]
        : ['install', '--non-interactive', tool.lockfile ? '--frozen-lockfile' : '--no-lockfile'],
      outputs: [tool.plugnplay ? at('.pnp.cjs') : at('node_modules')],
    },
  }[tool.name];
  const quick = {
    npm: ['--include=dev', '--prefer-offline', '--no-audit', '--no-fund', '--no-progress'],
    pnpm: ['--prod=false', '--prefer-offline', '--reporter=append-only'],
    yarn: modern ? [] : ['--production=false', '--prefer-offline', '--no-progress'],
  }[tool.name];
  const lock = tool.lockfile;
  return {
    name: 'install',
    command: {
      argv: [...tool.program, ...words, ...quick],
      cwd: root.folder,
      environment: { COREPACK_ENABLE_DOWNLOAD_PROMPT: '0', NODE_ENV: 'development', CI: 'true' },
    },
    key: `install ${root.folder}`,
    inputs: [
      ...(lock ? [lock] : []),
      ...['.npmrc', '.yarnrc', '.yarnrc.yml', 'pnpm-workspace.yaml', 'patches', '.yarn/patches'].map(at),
    ],
    // A module with native code is compiled for one version of Node's interface.
    facts: [`node modules ${process.versions.modules}`, ...packages.map((member) => member.installFacts)],
    ignore: [],
    outputs,
    ...(tool.name === 'npm' && lock ? { alreadyDone: () => matchesLockfile(lock, at('node_modules')) } : {}),
  };
}

/** Whether anything would be installed at all. */
export const hasDependencies = ({ packages }: Workspace): boolean =>
  packages.length > 1 || packages.some(({ dependencies }) => Object.keys(dependencies).length > 0);
