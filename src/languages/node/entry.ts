import { join } from 'node:path';
import { satisfies } from 'semver';
import { languageTypescriptWithoutBuild } from '../../diagnostics/catalogue/language.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { exists } from '../../host/files.ts';
import type { Command } from '../language.ts';
import type { Package } from './package.ts';

const folders = ['', 'src/'];
const stems = ['main', 'server', 'index', 'app'];
const endings = ['.ts', '.mts', '.js', '.mjs', '.cjs'];

/** Where a package without a `start` script would begin, in order. */
const entries = folders.flatMap((folder) => stems.flatMap((stem) => endings.map((ending) => folder + stem + ending)));

/** A start that was found without a script. */
export interface Entry {
  command: Command;
  /** Relative to the package. */
  file: string;
  diagnostics: Diagnostic[];
}

/**
 * The file that a package begins with when no script says so: `main` of package.json, else the first of the usual names.
 * TypeScript is run by tsx when that is among the dependencies, else by Node itself where it can.
 * @param shown the folder as the user knows it.
 */
export async function findEntry(of: Package, shown: string): Promise<Entry | undefined> {
  const built = of.scripts['build'] !== undefined;
  // `main` may be what a build will write.
  const candidates = [...(of.main && (built || (await exists(join(of.folder, of.main)))) ? [of.main] : [])];
  for (const file of entries) if (await exists(join(of.folder, file))) candidates.push(file);
  const file = candidates[0];
  if (file === undefined) return undefined;
  const command = (argv: string[]) => ({ argv, cwd: of.folder, environment: {} });
  if (!/\.[mc]?tsx?$/.test(file)) return { command: command(['node', file]), file, diagnostics: [] };
  if ('tsx' in of.dependencies) return { command: command(['node', '--import', 'tsx', file]), file, diagnostics: [] };
  // Types are stripped without a flag since 22.18 and 23.6 (Node's own documentation, "Running TypeScript natively").
  const strips = satisfies(process.versions.node, '^22.18 || >=23.6');
  return {
    command: command(['node', file]),
    file,
    diagnostics: strips ? [] : [languageTypescriptWithoutBuild(shown, file)],
  };
}
