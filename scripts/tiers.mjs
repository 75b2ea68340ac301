/** Test files that this machine cannot run, each with the reason; `npm test` says so in a line, and leaves them out. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const onPath = (program) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const needs = [
  { file: 'test/examples/rust-basic-api.test.ts', program: 'cargo' },
  { file: 'test/examples/multi-agent-platform.test.ts', program: 'chromium' },
];

export const unavailable = needs
  .filter(({ program }) => !onPath(program))
  .map(({ file, program }) => ({ file, why: `${program} is not on PATH` }));
