import { dirname, join } from 'node:path';
import { kindOf, listFolder, readTextIfExists } from '../../host/files.ts';
import { isBelow } from '../reload.ts';
import { type Package, readPackage } from './package.ts';

/** Packages that are installed together: those of a workspace, or a package on its own. */
export interface Workspace {
  /** Where the install runs and the lockfile lies. */
  root: Package;
  /** All packages with the root's own, sorted by folder. */
  packages: Package[];
}

/**
 * The workspace that a package belongs to: the nearest folder from its own up to the system's whose `workspaces`
 * (or pnpm-workspace.yaml) names it; otherwise the package alone.
 */
export async function findWorkspace(of: Package, systemRoot: string): Promise<Workspace> {
  const own = await workspaceAt(of, systemRoot);
  if (own) return own;
  for (let folder = of.folder; folder !== systemRoot && isBelow(folder, systemRoot); ) {
    folder = dirname(folder);
    const above = (await readPackage(folder, systemRoot)).package;
    const workspace = above && (await workspaceAt(above, systemRoot));
    if (workspace?.packages.some((member) => member.folder === of.folder)) return workspace;
  }
  return { root: of, packages: [of] };
}

async function workspaceAt(root: Package, systemRoot: string): Promise<Workspace | undefined> {
  const patterns = root.workspaces ?? (await pnpmPatterns(root.folder));
  if (!patterns) return undefined;
  const kept = new Set<string>();
  for (const pattern of patterns) {
    const excludes = pattern.startsWith('!');
    const folders = await foldersOf(
      root.folder,
      pattern
        .replace(/^!/, '')
        .split('/')
        .filter((part) => part && part !== '.'),
    );
    for (const folder of folders) excludes ? kept.delete(folder) : kept.add(folder);
  }
  const read = await Promise.all([...kept].sort().map((folder) => readPackage(folder, systemRoot)));
  return { root, packages: [root, ...read.flatMap((result) => result.package ?? [])] };
}

async function pnpmPatterns(folder: string): Promise<string[] | undefined> {
  const text = await readTextIfExists(join(folder, 'pnpm-workspace.yaml'));
  if (text === undefined) return undefined;
  const { parse } = await import('yaml');
  const packages: unknown = parse(text)?.packages;
  return Array.isArray(packages) ? packages.map(String) : undefined;
}

/** Folders that a pattern of a workspace names: `packages/*`, `services/**`, `frontend`. */
async function foldersOf(folder: string, parts: readonly string[]): Promise<string[]> {
  const [part, ...rest] = parts;
  if (part === undefined) return [folder];
  if (!part.includes('*')) {
    const next = join(folder, part);
    return (await kindOf(next)) === 'folder' ? foldersOf(next, rest) : [];
  }
  const names = (await listFolder(folder)).filter((name) => name !== 'node_modules' && !name.startsWith('.'));
  const below: string[] = [];
  for (const name of names) if ((await kindOf(join(folder, name))) === 'folder') below.push(name);
  if (part === '**') {
    const deeper = await Promise.all(below.map((name) => foldersOf(join(folder, name), parts)));
    return [...(await foldersOf(folder, rest)), ...deeper.flat()];
  }
  const form = new RegExp(`^${part.split('*').map(escaped).join('.*')}$`);
  const found = await Promise.all(
    below.filter((name) => form.test(name)).map((name) => foldersOf(join(folder, name), rest)),
  );
  return found.flat();
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/**
 * The packages of the workspace that a package is built upon, each after those that it is itself built upon.
 * A circle among them is walked once.
 */
export function localDependencies(of: Package, workspace: Workspace): Package[] {
  const byName = new Map(workspace.packages.map((member) => [member.name, member]));
  const inTurn = new Set<Package>();
  const visit = (one: Package, path: readonly Package[]): void => {
    for (const [name, range] of Object.entries(one.dependencies)) {
      const named = byName.get(name);
      const pointed = /^(?:file|link|portal):(.+)$/.exec(range)?.[1];
      const local = named ?? (pointed && workspace.packages.find(({ folder }) => folder === join(one.folder, pointed)));
      if (!local || local === of || path.includes(local)) continue;
      visit(local, [...path, local]);
      inTurn.add(local);
    }
  };
  visit(of, [of]);
  return [...inTurn];
}
