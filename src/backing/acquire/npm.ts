import { join } from 'node:path';
import { tamperedDownload } from '../../diagnostics/catalogue/backing.ts';
import { Failure } from '../../diagnostics/diagnostic.ts';
import { listFolder, makeFolder, remove } from '../../host/files.ts';
import { integrityOf } from '../../host/install.ts';
import { findProgram } from '../../host/programs.ts';
import { run } from '../../host/run.ts';
import type { AcquireContext } from '../backing.ts';
import { Unavailable } from './way.ts';

/** A package of the npm registry, pinned. */
export interface NpmPackage {
  name: string;
  version: string;
  /** As in a lockfile: `sha512-` and base64. */
  integrity: string;
}

/**
 * Fetches a package by npm itself, which knows the user's registry, proxy and credentials; checks it against the hash
 * that stands in our source, and unpacks it. No script of the package runs.
 * @param folder empty; gets the content of the package
 * @throws Unavailable without npm or network; Failure when the hash is another
 */
export async function unpackNpmPackage(wanted: NpmPackage, folder: string, context: AcquireContext): Promise<void> {
  const specifier = `${wanted.name}@${wanted.version}`;
  const npm = await findProgram('npm');
  if (!npm) throw new Unavailable(`${specifier}: npm is not on PATH`);
  const packed = join(folder, '.packed');
  await makeFolder(packed);
  context.progress(`fetching ${specifier} (npm)`);
  const fetched = await run([npm, 'pack', specifier, '--pack-destination', packed, '--loglevel', 'error'], {
    signal: context.signal,
  });
  context.signal.throwIfAborted();
  const archive = (await listFolder(packed)).find((name) => name.endsWith('.tgz'));
  if (fetched.code !== 0 || !archive)
    throw new Unavailable(`${specifier}: npm could not fetch it: ${lastLines(fetched.stderr)}`);
  const found = await integrityOf(join(packed, archive));
  if (found !== wanted.integrity) throw new Failure([tamperedDownload(specifier, wanted.integrity, found)]);
  context.progress(`unpacking ${specifier}`);
  const unpacked = await run(['tar', '-xzf', join(packed, archive), '-C', folder, '--strip-components=1'], {
    signal: context.signal,
  });
  context.signal.throwIfAborted();
  if (unpacked.code !== 0)
    throw new Unavailable(`${specifier}: tar could not unpack it: ${lastLines(unpacked.stderr)}`);
  await remove(packed);
}

/** What a failing program said last, on one line. */
export const lastLines = (output: string): string =>
  output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(-3)
    .join(' · ') || 'it said nothing';
