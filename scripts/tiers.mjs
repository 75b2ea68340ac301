/** Test files that this machine cannot run, each with the reason; `npm test` says so in a line, and leaves them out. */
import { spawnSync } from 'node:child_process';

/** Asked for its version, for a name on PATH may be a shim with nothing behind it. */
const runs = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

const needs = [
  { file: 'test/examples/rust-basic-api.test.ts', program: 'cargo' },
  { file: 'test/examples/multi-agent-platform.test.ts', program: 'chromium' },
];

export const unavailable = needs
  .filter(({ program }) => !runs(program))
  .map(({ file, program }) => ({ file, why: `${program} does not run here` }));
