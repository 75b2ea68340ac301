import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A file below a folder, with what tells cheaply whether it may have changed. Times in milliseconds since the epoch. */
export interface TreeFile {
  path: string;
  size: number;
  modified: number;
  /** Last change of the inode: also moves when a tool sets `modified` back. */
  changed: number;
  link: boolean;
}

/**
 * Whether a path is left out. @param ignore bare names (`node_modules`), endings (`*.log`), absolute paths.
 * @param name the last part of the path.
 */
export function isIgnored(ignore: readonly string[], path: string, name: string): boolean {
  return ignore.some((rule) => {
    if (rule.startsWith('*')) return name.endsWith(rule.slice(1));
    return rule.includes('/') ? path === rule : name === rule;
  });
}

/** All files at or below a path, sorted by path; links are listed and not followed. Empty when there is nothing. */
export async function filesBelow(path: string, ignore: readonly string[]): Promise<TreeFile[]> {
  const found: TreeFile[] = [];
  const visit = async (place: string): Promise<void> => {
    const status = await lstat(place).catch(() => undefined);
    if (!status) return;
    if (!status.isDirectory()) {
      if (status.isFile() || status.isSymbolicLink())
        found.push({
          path: place,
          size: status.size,
          modified: status.mtimeMs,
          changed: status.ctimeMs,
          link: status.isSymbolicLink(),
        });
      return;
    }
    const names = await readdir(place).catch(() => []);
    await Promise.all(
      names.filter((name) => !isIgnored(ignore, join(place, name), name)).map((name) => visit(join(place, name))),
    );
  };
  await visit(path);
  return found.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Hex SHA-256 of a file's content, or of where a link points; undefined when it has gone. Reads in pieces. */
export async function hashFile(file: Pick<TreeFile, 'path' | 'link'>): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    if (file.link) return hash.update(`link ${await readlink(file.path)}`).digest('hex');
    await pipeline(createReadStream(file.path), hash);
    return hash.digest('hex');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
