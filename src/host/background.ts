import { spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './files.ts';

export interface BackgroundOptions {
  argv: readonly string[];
  cwd: string;
  environment: Record<string, string | undefined>;
  /** Absolute path; takes both output streams, begun anew. */
  logFile: string;
}

export interface BackgroundProcess {
  pid: number;
  /** Gives it its standard input, see `readFromParent`; without text there is nothing for it to do. To be called once. */
  handOver(text?: string): void;
  /** What it reported with `reportToParent`; undefined when it ended, or closed the pipe, without a word. */
  report: Promise<string | undefined>;
  /** In words; resolves when it ends while we are still here. */
  ended: Promise<string>;
}

/** Names the descriptor on which the parent listens. */
const variable = 'GANTRY_REPORT_DESCRIPTOR';
const descriptor = 3;

/** Starts a process in a session of its own, which lives on without this one. */
export async function startInBackground(options: BackgroundOptions): Promise<BackgroundProcess> {
  await makeFolder(dirname(options.logFile), 0o700);
  const log = openSync(options.logFile, 'w', 0o600);
  const [program = '', ...args] = options.argv;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...options.environment, [variable]: String(descriptor) },
    stdio: ['pipe', log, log, 'pipe'],
    detached: true,
  });
  closeSync(log);
  if (child.pid === undefined) throw await new Promise<Error>((resolve) => child.once('error', resolve));
  child.stdin?.on('error', () => {});
  const pipe = child.stdio[descriptor] as NodeJS.ReadableStream & { unref?(): void };
  let text = '';
  const report = new Promise<string | undefined>((resolve) => {
    pipe.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    pipe.on('close', () => resolve(text || undefined));
    pipe.on('error', () => resolve(text || undefined));
  });
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  void report.then(() => child.unref());
  return { pid: child.pid, handOver: (text) => void child.stdin?.end(text), report, ended };
}

/**
 * In the background process: what it is given by the one who started it, once that is known; empty when it changed its
 * mind. Undefined in a process that was not started by `startInBackground`.
 */
export async function readFromParent(): Promise<string | undefined> {
  if (process.env[variable] === undefined) return undefined;
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) text += chunk;
  return text;
}

/** In the background process: says something to the one who started it, once, and lets it go. */
export function reportToParent(text: string): void {
  const number = process.env[variable];
  if (number === undefined) return;
  delete process.env[variable];
  try {
    writeSync(Number(number), text);
    closeSync(Number(number));
  } catch {
    // Nobody listens any more.
  }
}
