import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';
import { findMarked, findProcess, isRunning, listProcesses, membersOf } from './process-table.ts';
import { killGroup } from './run.ts';

export interface GroupOptions {
  argv: readonly string[];
  cwd: string;
  /** The whole environment. */
  environment: Record<string, string>;
  user?: { uid: number; gid: number };
  /** Each line as it comes, without its end; very long ones in pieces. */
  onLine(line: string, stream: 'stdout' | 'stderr'): void;
}

/** How a process ended: a code, or the signal that ended it. */
export interface Exit {
  code?: number;
  signal?: NodeJS.Signals;
}

/** A process that leads a group and a session of its own, so that no key on the terminal reaches it but through us. */
export interface ProcessGroup {
  /** Of the leader, and of the group. */
  pid: number;
  /** See ProcessEntry.started. */
  started: string;
  /** When the leader ended and its last lines were read. */
  exited: Promise<Exit>;
}

export interface StopOptions {
  signal: NodeJS.Signals;
  /** Milliseconds to wait before SIGKILL. */
  timeout: number;
  /** Text in the environment of the service's processes, by which those that left the group are found. */
  marker?: string;
}

/** How long the last lines of a leader are waited for when something else still holds its output open. */
const drainTimeout = 150;
const longestLine = 16_384;

/**
 * Starts a program. No shell, no standard input.
 * @throws the system's error when it cannot be started (ENOENT, EACCES, …)
 */
export async function startGroup(options: GroupOptions): Promise<ProcessGroup> {
  const [program = '', ...args] = options.argv;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(options.user ?? {}),
  });
  if (child.pid === undefined) {
    throw await new Promise<Error>((resolve) => child.once('error', resolve));
  }
  child.on('error', () => {});
  const pid = child.pid;
  readLines(child.stdout, (line) => options.onLine(line, 'stdout'));
  readLines(child.stderr, (line) => options.onLine(line, 'stderr'));
  const exited = new Promise<Exit>((resolve) => {
    let exit: Exit = {};
    const close = () => {
      // A grandchild may hold the pipe: without this the stop would wait for a stranger to the group.
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(exit);
    };
    child.once('close', close);
    child.once('exit', (code, signal) => {
      exit = code === null ? { signal: signal ?? 'SIGKILL' } : { code };
      setTimeout(close, drainTimeout).unref();
    });
  });
  return { pid, started: findProcess(pid)?.started ?? '', exited };
}

/** Whether no process of the group is left; the exit of the leader is not enough, and zombies do not count. */
export function isGroupEmpty(group: number): boolean {
  return !killGroup(group, 0) || !listProcesses().some((entry) => entry.group === group && !entry.zombie);
}

/**
 * Asks a group to end and waits until it is empty, and until its descendants in groups of their own are gone too;
 * SIGKILL for what is left after the timeout. Call only for groups known to be ours: see `isOurs`.
 */
export async function stopGroup(group: number, options: StopOptions): Promise<void> {
  const known = membersOf(group);
  const left = () => {
    const alive = known.filter((entry) => isRunning(entry.pid, entry.started));
    const strays = options.marker ? findMarked(options.marker) : [];
    return [...new Set([...alive.map((entry) => entry.pid), ...strays])].filter((pid) => pid !== process.pid);
  };
  if (options.timeout > 0) {
    killGroup(group, options.signal);
    if (await waitUntil(() => isGroupEmpty(group), options.timeout)) {
      // Those outside the group were not asked yet: PostgreSQL's own children end by themselves, others are asked now.
      if (await waitUntil(() => left().length === 0, 50)) return;
      for (const pid of left()) kill(pid, options.signal);
      if (await waitUntil(() => left().length === 0, Math.min(options.timeout, 2_000))) return;
    }
  }
  await waitUntil(() => {
    killGroup(group, 'SIGKILL');
    for (const pid of left()) kill(pid, 'SIGKILL');
    return isGroupEmpty(group) && left().length === 0;
  }, 5_000);
}

/**
 * Whether a group that was written down belongs to us still: its leader has the start that we saw; or the leader is gone
 * and a member carries our marker. A stranger that got a used number is neither.
 */
export function isOurs(group: number, started: string, marker: string): boolean {
  const leader = findProcess(group);
  if (leader && !leader.zombie) return leader.started === started && leader.group === group;
  const marked = new Set(findMarked(marker));
  return listProcesses().some((entry) => entry.group === group && marked.has(entry.pid));
}

/** Sends a signal to one process; nothing happens when it is gone. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone, which is what was wanted.
  }
}

/** Looks often at first, for most programs end within milliseconds, then less and less. */
async function waitUntil(condition: () => boolean, timeout: number): Promise<boolean> {
  const end = performance.now() + timeout;
  for (let pause = 4; ; pause = Math.min(pause * 1.4, 80)) {
    if (condition()) return true;
    const rest = end - performance.now();
    if (rest <= 0) return false;
    await sleep(Math.min(pause, rest));
  }
}

function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    while (rest.length > longestLine) {
      onLine(rest.slice(0, longestLine));
      rest = rest.slice(longestLine);
    }
  });
  stream.on('error', () => {});
  stream.on('close', () => {
    if (rest) onLine(rest);
    rest = '';
  });
}
