/** `npm run check`: types, format and lint, import directions, unused code. All of them, then the exit code. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { install, root } from './install.mjs';

install();
const bin = (name) => join(root, 'node_modules', '.bin', name);
const checks = [
  ['types', bin('tsc'), ['-p', '.']],
  ['format and lint', bin('biome'), ['check', '--error-on-warnings', '.']],
  ['import directions', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'src']],
  ['unused code', bin('knip'), []],
];
let failed = 0;
for (const [name, program, args] of checks) {
  if (!existsSync(program)) throw new Error(`${program} is missing: run npm ci`);
  const result = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  const good = result.status === 0;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${name}`);
  if (good) continue;
  failed += 1;
  console.log(result.stdout + result.stderr);
}
process.exit(failed === 0 ? 0 : 1);
