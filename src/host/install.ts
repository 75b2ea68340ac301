import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath as followLinks, mkdir, readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withLock } from './lock.ts';

/**
 * Makes a folder once: fills a temporary one beside it and renames it into place, so that a folder that is there is
 * whole, whatever was interrupted. Two processes that want the same folder fill it once.
 * @param target absolute path of the folder
 * @param fill writes into the folder that it is given; what it throws is thrown here, and nothing is left behind
 * @returns whether it had to be filled
 */
export async function installOnce(
  target: string,
  fill: (folder: string) => Promise<void>,
  options: { signal?: AbortSignal; onWait?(): void } = {},
): Promise<boolean> {
  if (await isFolder(target)) return false;
  return withLock(`${target}.lock`, options, async () => {
    if (await isFolder(target)) return false;
    await removeUnfinished(target);
    const temporary = `${target}.unfinished-${randomBytes(6).toString('hex')}`;
    try {
      await mkdir(temporary, { recursive: true });
      await fill(temporary);
      options.signal?.throwIfAborted();
      return await takePlace(temporary, target);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  });
}

/** False when another process was quicker: what it made is as good. */
async function takePlace(temporary: string, target: string): Promise<boolean> {
  try {
    await rename(temporary, target);
    return true;
  } catch (error) {
    if (await isFolder(target)) return false;
    throw error;
  }
}

/** Left by a process that was killed; nobody else fills while we hold the lock. */
async function removeUnfinished(target: string): Promise<void> {
  const prefix = `${basename(target)}.unfinished-`;
  const names = await readdir(dirname(target)).catch(() => []);
  for (const name of names.filter((name) => name.startsWith(prefix))) {
    await rm(join(dirname(target), name), { recursive: true, force: true });
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * Digest of a file as Subresource Integrity writes it: `sha512-` and base64.
 * @see https://www.w3.org/TR/sri-2/
 */
export async function integrityOf(path: string): Promise<string> {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return `sha512-${hash.digest('base64')}`;
}

/** Makes a symbolic link, and the folders above it. @param points what the link says, relative to the link's folder */
export async function makeLink(path: string, points: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  await symlink(points, path);
}

/** The path behind all links; the path itself when there is nothing. */
export const realpath = (path: string): Promise<string> => followLinks(path).catch(() => path);

/** Where a symbolic link points, as it says; undefined when there is no such link. */
export const readLink = (path: string): Promise<string | undefined> => readlink(path).catch(() => undefined);

/** Gives a folder its final name on the same disk; it is seen there whole or not at all. */
export const renameFolder = (from: string, to: string): Promise<void> => rename(from, to);
