import { dirname, join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { exists, readTextIfExists } from '../../host/files.ts';
import { readToml, type Table, tableOf, textOf, textsOf } from '../manifest.ts';

/** What the files of a Python folder say about its dependencies. */
export interface Project {
  folder: string;
  /** What installs: `uv` and `poetry` by their lockfiles, else pip. */
  tool: 'uv' | 'poetry' | 'pip';
  /** Folder of the lockfile and where the tool runs: above the service in a uv workspace. */
  installFolder: string;
  /** Absolute paths of requirements files, with those that they take in by `-r`. */
  requirements: string[];
  /** Absolute folders of the user's own packages that requirements name: `-e ../shared`. */
  locals: string[];
  /** pip's arguments for the dependencies of a pyproject.toml without a lockfile. */
  inline: string[];
  /** Names of the direct dependencies: lower case, `-` for `_` and `.`, extras in brackets kept apart. */
  dependencies: Set<string>;
  /** `requires-python` in npm's grammar of ranges. */
  versions?: string;
  /** Manifests that were found, relative to the folder. */
  found: string[];
  /** What an install depends on beside whole files. */
  facts: string[];
  diagnostics: Diagnostic[];
}

/** Reads requirements.txt, pyproject.toml and the lockfiles beside or above it. @param root the system's folder. */
export async function readProject(folder: string, root: string): Promise<Project> {
  const { table = {}, diagnostics } = await readToml(join(folder, 'pyproject.toml'), root);
  const found = [];
  for (const name of ['requirements.txt', 'pyproject.toml', 'setup.py', 'manage.py'])
    if (await exists(join(folder, name))) found.push(name);
  const requirements = await requirementsFiles(join(folder, 'requirements.txt'));
  const project = tableOf(table['project']);
  const poetry = tableOf(tableOf(table['tool'])['poetry']);
  const declared = textsOf(project['dependencies']);
  const groups = Object.values(tableOf(table['dependency-groups'])).flatMap(textsOf);
  const lines = requirements.flatMap(({ lines }) => lines);
  const uvFolder = await folderAbove(folder, root, 'uv.lock');
  const tool = uvFolder
    ? 'uv'
    : (await exists(join(folder, 'poetry.lock'))) || poetry['dependencies']
      ? 'poetry'
      : 'pip';
  return {
    folder,
    tool,
    installFolder: uvFolder ?? folder,
    requirements: requirements.map(({ path }) => path),
    locals: requirements.flatMap(({ path, lines }) => localsOf(lines, dirname(path))),
    inline: requirements.length === 0 && tool === 'pip' ? declared : [],
    dependencies: new Set(
      [...lines, ...declared, ...groups, ...Object.keys(poetryDependencies(poetry))].flatMap(namesOf),
    ),
    versions: rangeOf(textOf(project['requires-python']) ?? textOf(tableOf(poetry['dependencies'])['python'])),
    found,
    facts: [
      JSON.stringify([project['dependencies'], table['dependency-groups'], poetry['dependencies'], poetry['group']]),
    ],
    diagnostics,
  };
}

const poetryDependencies = (poetry: Table): Table => ({
  ...tableOf(poetry['dependencies']),
  ...Object.fromEntries(
    Object.values(tableOf(poetry['group'])).flatMap((group) => Object.entries(tableOf(tableOf(group)['dependencies']))),
  ),
});

async function folderAbove(folder: string, root: string, file: string): Promise<string | undefined> {
  for (let place = folder; ; place = dirname(place)) {
    if (await exists(join(place, file))) return place;
    if (place === root || place === dirname(place)) return undefined;
  }
}

/** A requirements file and those that it takes in (pip's documentation, "Requirements File Format"). */
async function requirementsFiles(path: string, seen = new Set<string>()): Promise<{ path: string; lines: string[] }[]> {
  if (seen.has(path)) return [];
  seen.add(path);
  const text = await readTextIfExists(path);
  if (text === undefined) return [];
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*/, '').trim());
  const taken: { path: string; lines: string[] }[] = [];
  for (const line of lines) {
    const other = /^(?:-r|-c|--requirement|--constraint)[\s=]+(.+)$/.exec(line)?.[1];
    if (other) taken.push(...(await requirementsFiles(join(dirname(path), other), seen)));
  }
  return [{ path, lines }, ...taken];
}

/** Paths among requirements: `-e ../shared`, `./shared[extra]`, `../shared`. pip takes them from where it runs. */
const localsOf = (lines: readonly string[], folder: string): string[] =>
  lines.flatMap((line) => {
    const path = /^(?:(?:-e|--editable)[\s=]+)?(\.{1,2}(?:\/[^\s[;]*)?)(?:\[|;|\s|$)/.exec(line)?.[1];
    return path ? [join(folder, path)] : [];
  });

/** Names in one requirement: `fastapi[standard]>=0.1` gives `fastapi` and `fastapi[standard]`. */
function namesOf(requirement: string): string[] {
  const match = /^([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?/.exec(requirement);
  if (!match?.[1]) return [];
  const name = match[1].toLowerCase().replace(/[_.]+/g, '-');
  const extras = (match[2] ?? '').split(',').map((extra) => extra.trim().toLowerCase());
  return [name, ...extras.filter(Boolean).map((extra) => `${name}[${extra}]`)];
}

/** A version specifier (PEP 440) in npm's grammar: what only one of the two can say is left out. */
const rangeOf = (specifier: string | undefined): string | undefined =>
  specifier
    ?.split(',')
    .map((part) =>
      part
        .trim()
        .replace(/^~=\s*(\d+)\.(\d+)$/, '>=$1.$2 <$1.9999')
        .replace(/^~=/, '~')
        .replace(/^===?/, '=')
        .replace(/\.\*$/, '.x'),
    )
    .filter((part) => !part.startsWith('!='))
    .join(' ') || undefined;
