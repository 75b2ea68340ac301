import { realpath } from '../../host/install.ts';
import { findProgram } from '../../host/programs.ts';
import { run } from '../../host/run.ts';
import type { AcquiredProgram } from '../backing.ts';
import { Unavailable, type Way } from './way.ts';

export interface InstalledOptions {
  /** Name on PATH. */
  program: string;
  /** Its arguments that print the version; the first number with a dot in the output counts. */
  versionArguments: string[];
  /** Whether a version serves. */
  serves(version: string): boolean;
  /** Folders searched besides PATH. */
  folders?: string[];
  /** Further programs that must lie beside it. */
  companions?: string[];
}

/** A program that is installed on this machine, if its version serves. */
export const installedWay = (options: InstalledOptions): Way => ({
  name: 'PATH',
  find: () => fromInstalled(options),
});

async function fromInstalled(options: InstalledOptions): Promise<AcquiredProgram> {
  const seen: string[] = [];
  for (const name of [options.program, ...(options.folders ?? []).map((folder) => `${folder}/${options.program}`)]) {
    const path = await findProgram(name);
    if (!path) continue;
    const version = /\d+(\.\d+)+/.exec((await run([path, ...options.versionArguments])).stdout)?.[0];
    if (!version || !options.serves(version)) {
      if (version) seen.push(`${path} is ${version}`);
      continue;
    }
    // Installations often link only some of their programs into PATH; the rest lies beside the real one.
    const beside = (await realpath(path)).replace(/\/[^/]*$/, '');
    const programs: Record<string, string> = { [options.program]: path };
    for (const name of options.companions ?? []) {
      const companion = await findProgram(`${beside}/${name}`);
      if (companion) programs[name] = companion;
    }
    const missing = (options.companions ?? []).filter((name) => !programs[name]);
    if (missing.length === 0) return { origin: path, version, programs };
    seen.push(`${path} has no ${missing.join(', ')} beside it`);
  }
  throw new Unavailable([...new Set(seen)].join(', ') || `${options.program} is not there`);
}
