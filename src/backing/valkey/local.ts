import { engineWay } from '../acquire/engine.ts';
import { installedWay } from '../acquire/installed.ts';
import { isAtLeast } from '../acquire/version.ts';
import { firstOf } from '../acquire/way.ts';
import type { LocalServer } from '../backing.ts';
import { launchRedis } from '../redis/launch.ts';

/** Valkey on this machine: a program on PATH, or the official image. No package of the registries carries it. */
export const local: LocalServer = {
  kind: 'server',
  acquire: (service, context) =>
    firstOf(service, `Valkey ${service.version}`, `valkey-server ${service.version} or newer`, [
      installedWay({
        program: 'valkey-server',
        versionArguments: ['--version'],
        serves: (version) => isAtLeast(version, service.version),
      }),
      engineWay(`valkey/valkey:${service.version}`, context),
    ]),
  launch: (service, program, context) => launchRedis('valkey-server', service, program, context),
};
