import { basename, dirname, join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { exists, kindOf, listFolder } from '../../host/files.ts';
import { readToml, type Table, tableOf, textOf, textsOf } from '../manifest.ts';

/** A package of Cargo and the programs that it makes. */
export interface Crate {
  folder: string;
  name: string;
  /** Programs, sorted; the default first. */
  programs: string[];
  /** Whether `default-run` chose among several. */
  chosen: boolean;
  /** `rust-version`, as a range. */
  versions?: string;
  /** Absolute folders of path dependencies. */
  locals: string[];
}

/** Reads Cargo.toml of a folder; a workspace without a package of its own gives its members that make programs. */
export async function readCrates(
  folder: string,
  root: string,
): Promise<{ crates: Crate[]; diagnostics: Diagnostic[] }> {
  const { table, diagnostics } = await readToml(join(folder, 'Cargo.toml'), root);
  if (!table) return { crates: [], diagnostics };
  if (table['package']) return { crates: [await crateOf(folder, table)], diagnostics };
  const crates: Crate[] = [];
  const problems = [...diagnostics];
  for (const member of textsOf(tableOf(table['workspace'])['members'])) {
    for (const place of await memberFolders(folder, member)) {
      const read = await readToml(join(place, 'Cargo.toml'), root);
      problems.push(...read.diagnostics);
      const crate = read.table?.['package'] ? await crateOf(place, read.table) : undefined;
      if (crate && crate.programs.length > 0) crates.push(crate);
    }
  }
  return { crates, diagnostics: problems };
}

/** Folders of a member pattern: `crates/*` or one folder. */
async function memberFolders(folder: string, pattern: string): Promise<string[]> {
  if (!pattern.endsWith('/*')) return [join(folder, pattern)];
  const above = join(folder, pattern.slice(0, -2));
  const folders = [];
  for (const name of await listFolder(above))
    if ((await kindOf(join(above, name))) === 'folder') folders.push(join(above, name));
  return folders;
}

/** Which programs a package makes (The Cargo Book, "Target auto-discovery"). */
async function crateOf(folder: string, table: Table): Promise<Crate> {
  const own = tableOf(table['package']);
  const name = textOf(own['name']) ?? basename(folder);
  const declared = Array.isArray(table['bin']) ? table['bin'].flatMap((bin) => textOf(tableOf(bin)['name']) ?? []) : [];
  const programs = new Set(declared);
  if (own['autobins'] !== false) {
    const renamed = declared.length > 0 && JSON.stringify(table['bin']).includes('"src/main.rs"');
    if (!renamed && (await exists(join(folder, 'src/main.rs')))) programs.add(name);
    for (const file of await listFolder(join(folder, 'src/bin'))) {
      if (file.endsWith('.rs')) programs.add(file.slice(0, -3));
      else if (await exists(join(folder, 'src/bin', file, 'main.rs'))) programs.add(file);
    }
  }
  const run = textOf(own['default-run']);
  const sorted = [...programs].sort();
  const version = textOf(own['rust-version']);
  const dependencies = { ...tableOf(table['dependencies']), ...tableOf(table['build-dependencies']) };
  const paths = Object.values(dependencies).flatMap((dependency) => textOf(tableOf(dependency)['path']) ?? []);
  return {
    folder,
    name,
    programs: run ? [run, ...sorted.filter((other) => other !== run)] : sorted,
    chosen: run !== undefined,
    versions: version && `>=${version}`,
    locals: paths.map((path) => join(folder, path)),
  };
}

/** Where the lockfile and the target folder of a package are: the workspace that it belongs to, or itself. */
export async function workspaceFolder(folder: string, root: string): Promise<string> {
  for (let place = folder; ; place = dirname(place)) {
    const { table } = await readToml(join(place, 'Cargo.toml'), root);
    if (table?.['workspace']) return place;
    if (place === root || place === dirname(place)) return folder;
  }
}

/** Where Cargo writes: as CARGO_TARGET_DIR or `.cargo/config.toml` say, else `target` of the workspace. */
export async function targetFolder(workspace: string, root: string): Promise<string> {
  const variable = process.env['CARGO_TARGET_DIR'];
  if (variable) return join(variable);
  const { table } = await readToml(join(workspace, '.cargo/config.toml'), root);
  return join(workspace, textOf(tableOf(table?.['build'])['target-dir']) ?? 'target');
}
