import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findProcess, isRunning } from './process-table.ts';

export interface LockOptions {
  /** Gives up waiting. */
  signal?: AbortSignal;
  /** Told once when another process holds the lock. @param pid of the holder. */
  onWait?(pid: number): void;
}

const queues = new Map<string, Promise<void>>();

/**
 * Does something while holding a lock that is one for all processes of this machine: a file that names its holder by
 * process id and start time. One whose holder is gone (or whose id now belongs to a stranger) is taken over.
 * @param path absolute path of the lock file; its folder is made.
 * @throws the signal's reason when it was given up.
 */
export async function withLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const before = queues.get(path) ?? Promise.resolve();
  let leave = () => {};
  const mine = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const queue = before.then(() => mine);
  queues.set(path, queue);
  try {
    await before;
    const release = await takeLock(path, options);
    try {
      return await work();
    } finally {
      await release();
    }
  } finally {
    leave();
    if (queues.get(path) === queue) queues.delete(path);
  }
}

async function takeLock(path: string, options: LockOptions): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  const own = `${process.pid} ${findProcess(process.pid)?.started}`;
  let told = false;
  for (let wait = 20; ; wait = Math.min(wait * 1.5, 250)) {
    options.signal?.throwIfAborted();
    if (await placeLock(path, own)) return () => giveLock(path, own);
    const holder = await readFile(path, 'utf8').catch(() => undefined);
    if (holder === undefined) continue;
    const pid = Number.parseInt(holder, 10);
    if (!isRunning(pid, holder.slice(holder.indexOf(' ') + 1))) {
      await removeStale(path, holder);
      continue;
    }
    if (!told) options.onWait?.(pid);
    told = true;
    await delay(wait, undefined, options.signal ? { signal: options.signal } : {});
  }
}

/** Removes the lock, unless the file was removed meanwhile and is another's now. */
async function giveLock(path: string, own: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => own)) === own) await rm(path, { force: true });
}

/** Puts a whole lock file in place at once, so that nobody ever reads half of one; false when there is one. */
async function placeLock(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(draft, text);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Takes a dead holder's file away. If another process was quicker and it is that one's by now, puts it back. */
async function removeStale(path: string, expected: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== expected) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}
