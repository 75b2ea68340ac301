/** `gantry --help` beside `node -e 0`, in turn, so that both see the same machine. */
import { spawnSync } from 'node:child_process';
import { cli, median } from './system.mjs';

const wall = (args) => {
  const began = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} exited ${status}`);
  return performance.now() - began;
};

/** @returns rows of the bench table */
export async function measure() {
  const help = [];
  const bare = [];
  for (let turn = 0; turn < 21; turn += 1) {
    bare.push(wall(['-e', '0']));
    help.push(wall([cli, '--help']));
  }
  return [
    {
      what: 'gantry --help',
      measured: median(help),
      against: 'node -e 0',
      reference: median(bare),
      unit: 'ms',
      limit: 2,
    },
  ];
}
