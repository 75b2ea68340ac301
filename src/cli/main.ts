#!/usr/bin/env node
import { reportBug, runCommandLine } from './run.ts';

// A promise that nobody awaits must not end in a page of code: the same short report, and the terminal tidied on exit.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error) => process.exit(reportBug(error)));
}

// Everything that must be finished is awaited by the command; a handle that is still open must not keep us.
process.exit(await runCommandLine(process.argv.slice(2)));
