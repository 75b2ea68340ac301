import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Bytes of a file, or why there are none. */
export type FileBytes =
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'missing' }
  | { kind: 'too-large'; size: number }
  /** A folder, a device, a pipe, or no right to read it. */
  | { kind: 'unreadable'; reason: string };

/**
 * Reads a file whole, but never more than so many bytes and never from anything that could block.
 * @param limit in bytes
 */
export async function readBytes(path: string, limit: number): Promise<FileBytes> {
  try {
    // O_NONBLOCK, for to open a pipe without a writer would wait for one.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await file.stat();
      if (!found.isFile())
        return { kind: 'unreadable', reason: found.isDirectory() ? 'it is a folder' : 'it is not a file' };
      if (found.size > limit) return { kind: 'too-large', size: found.size };
      return { kind: 'bytes', bytes: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    const reasons: Record<string, string> = {
      EACCES: 'you may not read it',
      ELOOP: 'its links go round in a circle',
      ENAMETOOLONG: 'its name is too long',
      ERR_INVALID_ARG_VALUE: 'its name holds a NUL',
    };
    return { kind: 'unreadable', reason: reasons[code] ?? `reading it failed with ${code || String(error)}` };
  }
}
