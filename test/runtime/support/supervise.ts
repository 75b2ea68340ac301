/**
 * A supervisor as a process of its own, as `gantry up` is one, for tests that kill it: reads `{plan, root, …}` from the
 * file named by its argument, tells its events as JSON lines, and ends in good order on SIGINT, SIGTERM and SIGHUP.
 */
import { readFileSync } from 'node:fs';
import { Failure } from '../../../src/diagnostics/diagnostic.ts';
import { reportDetached } from '../../../src/runtimes/local/detach.ts';
import { superviseSystem } from '../../../src/runtimes/local/supervisor.ts';

const options = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
process.stdout.on('error', () => {});
try {
  const supervisor = await superviseSystem({
    ...options,
    onEvent: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
  });
  await reportDetached();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void supervisor.stop());
  await supervisor.done;
  process.exit(0);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  await reportDetached(error.diagnostics);
  process.stdout.write(`${JSON.stringify({ type: 'failure', diagnostics: error.diagnostics })}\n`);
  process.exit(1);
}
