import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program with our terminal, as if it had been typed there. Signals reach it through its process group, which is
 * ours; we wait for what it makes of them.
 * @returns its exit code; 127 when it was not found, 126 when it cannot be run, 128 + n when signal n ended it
 */
export async function runInForeground(
  argv: readonly string[],
  options: { cwd: string; environment: Record<string, string | undefined> },
): Promise<{ code: number; problem?: string }> {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, { cwd: options.cwd, env: options.environment, stdio: 'inherit' });
  const ignore = () => {};
  const forward = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on('SIGINT', ignore);
  process.on('SIGTERM', forward);
  process.on('SIGHUP', forward);
  try {
    return await new Promise((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) =>
        resolve({ code: error.code === 'ENOENT' ? 127 : 126, problem: error.message }),
      );
      child.once('close', (code, signal) => resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 0) }));
    });
  } finally {
    process.off('SIGINT', ignore);
    process.off('SIGTERM', forward);
    process.off('SIGHUP', forward);
  }
}
