import { isAbsolute, join } from 'node:path';
import { runtimeBeforeFailed, runtimeCannotStart } from '../../diagnostics/catalogue/runtime.ts';
import { Failure } from '../../diagnostics/diagnostic.ts';
import { sha256 } from '../../host/files.ts';
import { filesBelow, hashFile } from '../../host/tree.ts';
import { neverSource } from '../../languages/ignore.ts';
import { exitText, startManaged } from './managed-process.ts';
import type { RunContext } from './run-context.ts';

export interface BeforeOptions {
  name: string;
  commands: readonly (readonly string[])[];
  cwd: string;
  environment: Record<string, string>;
  signal: AbortSignal;
}

/**
 * Runs the commands that come before a workload, in turn, each to its end.
 * @throws Failure with the last lines of the one that failed
 */
export async function runBefore(context: RunContext, options: BeforeOptions): Promise<void> {
  const { name, cwd, environment, signal } = options;
  for (const argv of options.commands) {
    signal.throwIfAborted();
    context.emit({ type: 'progress', at: Date.now(), name, message: `before: ${argv.join(' ')}` });
    const task = await startManaged(context, { name, role: 'task', argv, cwd, environment, stopTimeout: 2_000 }).catch(
      (error: Error) => {
        throw new Failure([runtimeCannotStart(name, argv, error.message)]);
      },
    );
    const abort = () => void task.stop();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const exit = await task.ended;
    signal.removeEventListener('abort', abort);
    signal.throwIfAborted();
    if (exit.code !== 0) throw new Failure([runtimeBeforeFailed(name, argv, exitText(exit), task.lastLines())]);
  }
}

/**
 * What decides whether the commands run again on a mere reload: the content of the files that they name. Commands such as
 * `npm run migrate` name none; for them, and for SQL that a program reads, `touchesBefore` looks at the changed paths.
 */
export async function digestOfBefore(commands: readonly (readonly string[])[], cwd: string): Promise<string> {
  // Absolute words are programs of this machine, which are no sources.
  const words = commands.flat().filter((word) => !isAbsolute(word));
  const found = await Promise.all(words.map((word) => filesBelow(join(cwd, word), neverSource)));
  const hashes = await Promise.all(found.flat().map(hashFile));
  return sha256(JSON.stringify(hashes));
}

/** Whether changed files look like something that `before` commands apply: SQL, or a folder or file of migrations. */
export const touchesBefore = (paths: readonly string[]): boolean =>
  paths.some((path) => path.endsWith('.sql') || /(^|[/_.-])(migrat|alembic|seed)/i.test(path));
