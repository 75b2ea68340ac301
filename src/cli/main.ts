#!/usr/bin/env node
import { runCommandLine } from './run.ts';

// Everything that must be finished is awaited by the command; a handle that is still open must not keep us.
process.exit(await runCommandLine(process.argv.slice(2)));
