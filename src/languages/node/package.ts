import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readJson, type Table, tableOf, textOf, textsOf, textTable } from '../manifest.ts';

/** What Gantry reads of a package.json. */
export interface Package {
  /** Absolute folder that it lies in. */
  folder: string;
  name?: string;
  main?: string;
  module: boolean;
  scripts: Record<string, string>;
  /** Dependencies of every kind, by name, with their ranges. */
  dependencies: Record<string, string>;
  /** `engines.node`. */
  nodeVersions?: string;
  /** `pnpm@9.1.0`. */
  packageManager?: string;
  /** Patterns of the workspace's folders, of either form npm and yarn know. */
  workspaces?: string[];
  /** What an install depends on, as text: a change elsewhere in the file needs none. */
  installFacts: string;
}

/** Keys that decide what is installed. */
const installKeys = [
  'name',
  'version',
  'bin',
  'workspaces',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'overrides',
  'resolutions',
  'pnpm',
  'packageManager',
];

/** Reads a folder's package.json. @param root folder that positions are relative to. */
export async function readPackage(
  folder: string,
  root: string,
): Promise<{ package?: Package; diagnostics: Diagnostic[] }> {
  const { table, diagnostics } = await readJson(join(folder, 'package.json'), root);
  return table ? { package: packageOf(folder, table), diagnostics } : { diagnostics };
}

function packageOf(folder: string, table: Table): Package {
  const workspaces = Array.isArray(table['workspaces'])
    ? textsOf(table['workspaces'])
    : textsOf(tableOf(table['workspaces'])['packages']);
  return {
    folder,
    name: textOf(table['name']),
    main: textOf(table['main']),
    module: table['type'] === 'module',
    scripts: textTable(table['scripts']),
    dependencies: {
      ...textTable(table['optionalDependencies']),
      ...textTable(table['devDependencies']),
      ...textTable(table['dependencies']),
    },
    nodeVersions: textOf(tableOf(table['engines'])['node']),
    packageManager: textOf(table['packageManager']),
    workspaces: workspaces.length > 0 ? workspaces : undefined,
    installFacts: JSON.stringify(installKeys.map((key) => table[key] ?? null)),
  };
}
