#!/usr/bin/env node
import { reportBug, runCommandLine } from './run.ts';

// A promise that nobody awaits must not end in a page of code: the same short report, and the terminal tidied on exit.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error) => process.exit(reportBug(error)));
}

const code = await runCommandLine(process.argv.slice(2));
// A pipe takes only so much at once; what is still on its way must arrive before we end.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))),
);
// Everything that must be finished was awaited by the command; a handle that is still open must not keep us.
process.exit(code);
