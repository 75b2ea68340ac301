/** `npm start`: install, build, and bring the multi-agent platform up. Further arguments go to `gantry up`. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, install, root } from './install.mjs';

install();
build();

// npm puts a shell between itself and us that dies of a signal without passing it on: leave with it.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 500).unref();

// In this very process, so that the terminal's signals reach the command line once and its exit code is ours.
const program = join(root, 'dist', 'cli.js');
const example = join(root, 'examples', 'multi-agent-platform');
process.argv = [process.execPath, program, '--dir', example, 'up', ...process.argv.slice(2)];
await import(pathToFileURL(program).href);
