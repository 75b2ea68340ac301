import { coerce, satisfies, validRange } from 'semver';
import { languageMissingProgram, languageWrongVersion } from '../diagnostics/catalogue/language.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { findProgram } from '../host/programs.ts';
import { run } from '../host/run.ts';
import type { Recipe, RequiredProgram } from './language.ts';

/** How a program is asked for its version, where `--version` is not the way. */
const versionArguments: Record<string, string[]> = { go: ['version'], java: ['-version'] };

/**
 * Looks whether the programs that services need are here and of a fitting version.
 * @param recipes by name of the service.
 * @returns one diagnostic for each missing program and each version that does not fit, however many services want it.
 */
export async function checkRequirements(recipes: Readonly<Record<string, Recipe>>): Promise<Diagnostic[]> {
  const wanted = new Map<
    string,
    { requirement: RequiredProgram; path: string[]; folder: string; services: string[] }
  >();
  for (const [service, { requires, path, run }] of Object.entries(recipes)) {
    for (const requirement of requires) {
      const key = JSON.stringify([
        requirement.program,
        requirement.versions,
        requirement.from,
        requirement.versions && run.cwd,
      ]);
      const entry = wanted.get(key) ?? { requirement, path, folder: run.cwd, services: [] };
      entry.services.push(service);
      wanted.set(key, entry);
    }
  }
  const missing = new Map<string, { cure: string; services: Set<string> }>();
  const wrong = new Map<string, Diagnostic>();
  const checked = [...wanted.values()].map(async ({ requirement, path, folder, services }) => {
    const { program, versions, from, cure } = requirement;
    const place = await findProgram(program, path);
    if (!place) return { program, cure, services };
    if (!versions || !validRange(versions)) return undefined;
    const found = await versionOf(program, place, folder);
    if (found && !satisfies(found, versions, { includePrerelease: true }))
      wrong.set(`${program} ${versions} ${from}`, languageWrongVersion(program, found, versions, from, cure));
    return undefined;
  });
  for (const result of await Promise.all(checked)) {
    if (!result) continue;
    const entry = missing.get(result.program) ?? { cure: result.cure, services: new Set() };
    for (const service of result.services) entry.services.add(service);
    missing.set(result.program, entry);
  }
  const absent = [...missing].map(([program, { cure, services }]) =>
    languageMissingProgram(program, [...services], cure),
  );
  return [...absent, ...[...wrong.values()].sort((one, other) => (one.message < other.message ? -1 : 1))];
}

const versions = new Map<string, Promise<string | undefined>>();

/**
 * Version of an installed program, `3.11.7`; undefined when it does not tell. Asked in the service's folder, for version
 * managers (pyenv, rustup, corepack) answer by folder; once for each.
 */
function versionOf(program: string, place: string, folder: string): Promise<string | undefined> {
  const key = JSON.stringify([place, folder]);
  const known = versions.get(key);
  if (known) return known;
  const asked = run([place, ...(versionArguments[program] ?? ['--version'])], { cwd: folder }).then(
    ({ stdout, stderr }) => coerce(`${stdout}\n${stderr}`)?.version,
  );
  versions.set(key, asked);
  return asked;
}
