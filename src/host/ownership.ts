import { chmod, chown, lstat, opendir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** An account by its numbers. */
export interface Account {
  uid: number;
  gid: number;
}

/** The account that this process runs as; undefined on a system without such numbers. */
export function currentAccount(): Account | undefined {
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** Whether this process is the superuser, whom some servers refuse to run as. */
export const isSuperuser = (): boolean => process.getuid?.() === 0;

/** The account that owns nothing: `nobody`, present on every Unix; undefined where /etc/passwd does not name it. */
export async function unprivilegedAccount(): Promise<Account | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields[0] === 'nobody');
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  // macOS has -2 for it, which setuid takes as an unsigned number.
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid: uid >>> 0, gid: gid >>> 0 } : undefined;
}

/**
 * Whether the account may pass through every folder above a path. The path itself need not be there.
 * Looks at mode bits only, so an access list that allows more is not seen.
 */
export async function canReach(path: string, account: Account): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found) {
      const shift = found.uid === account.uid ? 6 : found.gid === account.gid ? 3 : 0;
      if (((found.mode >> shift) & 0o1) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/** Gives a file, or a folder with all that is in it, to an account. Links are changed, not what they point to. */
export async function giveTo(path: string, account: Account): Promise<void> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) return;
  if (found.isDirectory()) {
    for await (const entry of await opendir(path)) await giveTo(join(path, entry.name), account);
  }
  if (found.uid !== account.uid || found.gid !== account.gid) await chown(path, account.uid, account.gid);
}

/** Sets the permission bits of a path. */
export const setMode = (path: string, mode: number): Promise<void> => chmod(path, mode);

/** Owner of a path; undefined when there is nothing. */
export const ownerOf = (path: string): Promise<Account | undefined> =>
  stat(path).then(
    ({ uid, gid }) => ({ uid, gid }),
    () => undefined,
  );
