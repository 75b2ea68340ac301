import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gantry } from '../cli/support/gantry.ts';
import { removeSystem } from '../support/remove-system.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

/** What a copy leaves behind: it is made again. `target` is kept, for what cargo compiled does not depend on the folder. */
const left = new Set(['node_modules', 'dist', '.next', '.gantry']);

/** An example in a temporary folder of its own, brought up in the background by the built program. */
export interface RunningExample {
  folder: string;
  /** First address of a workload or backing service. */
  address(name: string): string;
  /** What `up` printed. */
  output: string;
  stop(): Promise<void>;
}

/** Copies `examples/<name>` and runs `gantry up --detach` in it. @throws with everything it printed when it fails. */
export async function startExample(name: string): Promise<RunningExample> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `gantry-${name}-`)));
  cpSync(join(examples, name), folder, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !left.has(basename(path)),
  });
  const stop = async () => {
    const down = await gantry('down').in(folder).run();
    const remaining = leftBehind(folder);
    removeSystem(folder);
    if (down.code !== 0) throw new Error(`gantry down failed:\n${down.stdout}${down.stderr}`);
    if (remaining.length > 0) throw new Error(`left behind:\n${remaining.join('\n')}`);
  };
  const up = await gantry('up', '--detach').in(folder).run();
  const output = up.stdout + up.stderr;
  if (up.code !== 0) {
    await stop().catch(() => {});
    throw new Error(`gantry up failed in a copy of ${name}:\n${output}`);
  }
  const status = await gantry('status', '--json').in(folder).run();
  const { processes } = JSON.parse(status.stdout) as {
    processes: { name: string; addresses: Record<string, string> }[];
  };
  const address = (of: string): string => {
    const [first] = Object.values(processes.find((process) => process.name === of)?.addresses ?? {});
    if (!first) throw new Error(`${of} has no address in:\n${status.stdout}`);
    return first;
  };
  return { folder, address, output, stop };
}

/** Processes that still work in the folder or were started from it. */
function leftBehind(folder: string): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(folder) && !line.includes('ps -eo'));
}
