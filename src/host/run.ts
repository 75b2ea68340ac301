import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface RunOptions {
  cwd?: string;
  /** The whole environment of the process; that of Gantry itself when left out. */
  environment?: Record<string, string | undefined>;
  /** Text for standard input; nothing when left out. */
  input?: string;
  /** Called for each line of either stream as it comes. */
  onLine?(line: string, stream: 'stdout' | 'stderr'): void;
  /** Ends the process and everything that it started. */
  signal?: AbortSignal;
  user?: { uid: number; gid: number };
  /** Told the process id, which is also its group's, once it runs. */
  onStart?(pid: number): void;
}

export interface RunResult {
  /** Exit code; 127 when the program was not found, 128 + n when signal n ended it. */
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs a program to its end, in a process group of its own so that an abort ends its children too. No shell.
 * Never throws for a failing program: look at `code`.
 */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const [program = '', ...args] = argv;
  if (options.signal?.aborted) return { code: 130, stdout: '', stderr: 'stopped' };
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.environment ?? process.env,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: true,
      ...(options.user ?? {}),
    });
    const collected = { stdout: [] as string[], stderr: [] as string[] };
    const abort = () => child.pid !== undefined && killGroup(child.pid, 'SIGKILL');
    options.signal?.addEventListener('abort', abort, { once: true });
    for (const stream of ['stdout', 'stderr'] as const) {
      const source = child[stream];
      if (!source) continue;
      createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
        collected[stream].push(line);
        options.onLine?.(line, stream);
      });
    }
    if (child.pid !== undefined) options.onStart?.(child.pid);
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input ?? '');
    const settle = (code: number, note?: string) => {
      options.signal?.removeEventListener('abort', abort);
      if (note) collected.stderr.push(note);
      resolve({ code, stdout: collected.stdout.join('\n'), stderr: collected.stderr.join('\n') });
    };
    child.on('error', (error: NodeJS.ErrnoException) => settle(error.code === 'ENOENT' ? 127 : 126, error.message));
    child.on('close', (code, signal) => settle(code ?? 128 + signalNumber(signal)));
  });
}

/** Sends a signal to a whole process group; false when no such group is left. */
export function killGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

const signalNumber = (signal: NodeJS.Signals | null): number =>
  ({ SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGPIPE: 13, SIGTERM: 15 })[
    signal as string
  ] ?? 0;
