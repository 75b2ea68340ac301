import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readTextIfExists, writeAtomically } from '../../host/files.ts';
import { installOnce } from '../../host/install.ts';
import { assetPath } from '../../host/package-folder.ts';
import { findProgram } from '../../host/programs.ts';
import type { BackingService } from '../../plan/plan.ts';
import { engineWay } from '../acquire/engine.ts';
import { installedWay } from '../acquire/installed.ts';
import { findPython, type Python, unpackWheel, type Wheel } from '../acquire/python.ts';
import { fits } from '../acquire/version.ts';
import { firstOf, Unavailable, type Way } from '../acquire/way.ts';
import type { AcquireContext, AcquiredProgram } from '../backing.ts';

/** The engine as a Python module; needs Python 3.10 or newer. */
const wheel: Wheel = {
  name: 'qdrant-edge-py',
  version: '0.9.0',
  hashes: [
    '7bc734ea493d1f92e6b8af74bc68c4f903b2ca90593f899cd1b998cd12744da4',
    'a285d655ee065d4bba81c638977098a137a3c614cdfffc4cc3974f485f72b1f2',
    'd1ec708b3806fcd18b664e6262422e8ef216ce16e76105075ae8e921671459c7',
    'd6b11f36455450a4215d7b528cce44be8cd19bf9f974738c864632967b536f51',
    '7500651fa855462c96149a501dac4187ad9e73a91a9306ef20f827969f34ea8e',
  ],
};
/** Release of Qdrant that this engine was made from. */
const engineVersion = '1.20.1';

/** Finds a Qdrant server of the major asked for, or the engine of one behind a front of ours. */
export const acquireQdrant = (
  service: BackingService,
  context: AcquireContext,
): Promise<AcquiredProgram | Diagnostic[]> =>
  firstOf(service, `Qdrant ${service.version}`, `qdrant ${service.version}`, [
    installedWay({
      program: 'qdrant',
      versionArguments: ['--version'],
      serves: (version) => fits(version, service.version),
    }),
    edgeWay(service, context),
    engineWay(`qdrant/qdrant:v${service.version}`, context),
  ]);

const edgeWay = (service: BackingService, context: AcquireContext): Way => ({
  name: 'Python package',
  async find() {
    if (!fits(engineVersion, service.version)) {
      throw new Unavailable(`${wheel.name} is the engine of Qdrant ${engineVersion}`);
    }
    const folder = join(
      context.cacheFolder,
      'backing',
      `qdrant-edge-${wheel.version}-${process.platform}-${process.arch}`,
    );
    const python = await choosePython(folder);
    if (!python) throw new Unavailable(`${wheel.name} needs Python 3.10 or newer, which is not on PATH`);
    await installOnce(folder, (empty) => unpackWheel(wheel, empty, context, python), {
      signal: context.signal,
      onWait: () => context.progress('another gantry is fetching the engine of Qdrant'),
    });
    await notePython(folder, python);
    return {
      origin: `PyPI ${wheel.name} ${wheel.version}`,
      version: engineVersion,
      note: 'the embedded engine of Qdrant behind a REST front of Gantry: no gRPC, no snapshots, no cluster',
      programs: {
        python: python.path,
        front: assetPath('backing/qdrant/front/server.py'),
        modules: join(folder, 'content'),
      },
    };
  },
});

/** Notes in the folder of the engine which Python runs it: looking for one takes longer than starting it. */
const chosen = 'python.json';

async function choosePython(folder: string): Promise<Python | undefined> {
  const noted = await readTextIfExists(join(folder, chosen));
  const python = noted === undefined ? undefined : (JSON.parse(noted) as Python);
  return python && (await findProgram(python.path)) ? python : findPython('3.10');
}

async function notePython(folder: string, python: Python): Promise<void> {
  const text = JSON.stringify(python);
  if ((await readTextIfExists(join(folder, chosen))) !== text) await writeAtomically(join(folder, chosen), text);
}
