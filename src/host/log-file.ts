import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

/** A text file that grows by lines and is kept from growing for ever. */
export interface LogFile {
  /** Adds a line; written together with its neighbours a moment later. Never throws. */
  append(line: string): void;
  /** Everything is written when it resolves. */
  close(): Promise<void>;
}

/** Bytes at which a file is put aside; so many older ones are kept as `.1`, `.2`. */
const largest = 8 * 1024 * 1024;
const kept = 2;
/** Milliseconds for which lines are gathered into one write. */
const gathering = 40;
/** Bytes that may wait for a slow disk; beyond it lines are dropped and the file says how many. */
const waitingMost = 4 * 1024 * 1024;

/** Opens (or makes) the file for appending. */
export function openLogFile(path: string): LogFile {
  let handle: FileHandle | undefined;
  let size = 0;
  let waiting: string[] = [];
  let waitingSize = 0;
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const write = async () => {
    if (dropped > 0)
      waiting.push(`${new Date().toISOString()} E (${dropped} lines were dropped: the disk is too slow)`);
    const text = waiting.length > 0 ? `${waiting.join('\n')}\n` : '';
    waiting = [];
    waitingSize = 0;
    dropped = 0;
    if (!text) return;
    if (!handle) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      handle = await open(path, 'a', 0o600);
      size = (await handle.stat()).size;
    }
    if (size > largest) {
      await handle.close();
      await rotate(path);
      handle = await open(path, 'a', 0o600);
      size = 0;
    }
    const bytes = Buffer.from(text);
    size += bytes.length;
    await handle.writeFile(bytes);
  };
  const flush = () => {
    timer = undefined;
    // A full or read-only disk must not stop the services; the terminal shows the lines all the same.
    writing = writing.then(write).catch(() => {});
    return writing;
  };
  return {
    append(line) {
      if (waitingSize > waitingMost) {
        dropped++;
        return;
      }
      waiting.push(line);
      waitingSize += line.length;
      timer ??= setTimeout(flush, gathering);
    },
    async close() {
      if (timer) clearTimeout(timer);
      await flush();
      await handle?.close().catch(() => {});
      handle = undefined;
    },
  };
}

async function rotate(path: string): Promise<void> {
  await rm(`${path}.${kept}`, { force: true });
  for (let number = kept - 1; number >= 1; number--) {
    await rename(`${path}.${number}`, `${path}.${number + 1}`).catch(() => {});
  }
  await rename(path, `${path}.1`);
}

/** The lines of a log up to a position, oldest first, with those of the files put aside. */
export async function* readLogFile(path: string, position: LogPosition): AsyncGenerator<string> {
  for (let number = kept; number >= 0; number--) {
    const file = number === 0 ? path : `${path}.${number}`;
    const found = await stat(file).catch(() => undefined);
    const end = found?.ino === position.inode ? position.offset : (found?.size ?? 0);
    if (end === 0) continue;
    const input = createReadStream(file, { encoding: 'utf8', end: end - 1 });
    for await (const line of createInterface({ input })) yield line;
    if (found?.ino === position.inode) return;
  }
}

/** Where reading goes on in a growing file. */
export interface LogPosition {
  inode: number;
  offset: number;
}

/** End of the file now; for `readLogTail`. */
export async function endOfLog(path: string): Promise<LogPosition> {
  const found = await stat(path).catch(() => undefined);
  return { inode: found?.ino ?? 0, offset: found?.size ?? 0 };
}

/** Whole lines written after the position, which is moved on. A file put aside meanwhile is read to its end first. */
export async function readLogTail(path: string, position: LogPosition): Promise<string[]> {
  const now = await stat(path).catch(() => undefined);
  if (!now) return [];
  const lines: string[] = [];
  if (position.inode !== 0 && now.ino !== position.inode) {
    const aside = await stat(`${path}.1`).catch(() => undefined);
    if (aside?.ino === position.inode) lines.push(...(await readFrom(`${path}.1`, position)));
    position.offset = 0;
  }
  position.inode = now.ino;
  if (now.size < position.offset) position.offset = 0;
  if (now.size > position.offset) lines.push(...(await readFrom(path, position)));
  return lines;
}

async function readFrom(path: string, position: LogPosition): Promise<string[]> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size - position.offset, largest * 2));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position.offset);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(10) + 1;
    position.offset += end;
    return end === 0 ? [] : buffer.toString('utf8', 0, end - 1).split('\n');
  } finally {
    await handle.close();
  }
}
