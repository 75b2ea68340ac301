/** `npm start`: install, build, and bring the multi-agent platform up. Further arguments go to `gantry up`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, install, root } from './install.mjs';

install();
build();
const up = spawn(
  process.execPath,
  [
    join(root, 'dist', 'cli.js'),
    '--dir',
    join(root, 'examples', 'multi-agent-platform'),
    'up',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
// The terminal sends its signals to the whole group: `gantry up` answers them, and we leave when it has.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => up.kill(signal));
up.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
