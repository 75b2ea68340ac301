import { join, relative } from 'node:path';
import { runtimeMountElsewhere } from '../../diagnostics/catalogue/runtime.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { makeFolder, readTextIfExists, writeAtomically } from '../../host/files.ts';
import type { Workload } from '../../plan/plan.ts';
import { resolveValue } from './environment.ts';
import type { RunContext } from './run-context.ts';

/** The place of a workload's mounted files and volumes on this machine, by variable; their paths stay below it. */
export interface MountPlaces {
  variables: Record<string, string>;
  diagnostics: Diagnostic[];
}

/**
 * Writes the mounted files of a workload and makes its volumes. A process has no file system of its own, so that
 * `/etc/app/settings.json` stands in `$GANTRY_FILES/etc/app/settings.json` and `/data` is `$GANTRY_VOLUMES/data`.
 * Volumes are kept across runs.
 */
export async function placeMounts(context: RunContext, workload: Workload): Promise<MountPlaces> {
  const { name, files, volumes } = workload;
  const variables = mountVariables(context, workload);
  const diagnostics: Diagnostic[] = [];
  const below = (folder: string | undefined, path: string): string => {
    const here = join(folder ?? context.places.files, path);
    diagnostics.push(runtimeMountElsewhere(name, path, relative(context.root, here)));
    return here;
  };
  for (const { path, content, source } of Object.values(files)) {
    const text =
      source === undefined
        ? resolveValue(content ?? [], context.addresses)
        : await readTextIfExists(join(context.root, source));
    if (text !== undefined) await writeAtomically(below(variables['GANTRY_FILES'], path), text, 0o600);
  }
  for (const { path } of Object.values(volumes)) await makeFolder(below(variables['GANTRY_VOLUMES'], path), 0o700);
  return { variables, diagnostics };
}

/** The variables that say where; none for a workload without mounts. */
export const mountVariables = (
  { places }: Pick<RunContext, 'places'>,
  { name, files, volumes }: Workload,
): Record<string, string> => ({
  ...(Object.keys(files).length > 0 ? { GANTRY_FILES: join(places.files, name) } : {}),
  ...(Object.keys(volumes).length > 0 ? { GANTRY_VOLUMES: join(places.volumes, name) } : {}),
});
