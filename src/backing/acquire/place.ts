import { join } from 'node:path';
import { noSharedFolder } from '../../diagnostics/catalogue/backing.ts';
import { Failure } from '../../diagnostics/diagnostic.ts';
import { makeFolder } from '../../host/files.ts';
import { type Account, canReach, isSuperuser, ownerOf, setMode, unprivilegedAccount } from '../../host/ownership.ts';

/** Of the superuser alone; kept across restarts of the machine and reachable by every account. */
const sharedFolder = '/var/lib/gantry';

/**
 * Makes a folder under `/var/lib/gantry` that every account may pass through, whatever the umask.
 * @throws Failure where that cannot be, for example on a read-only system
 */
export async function makeShared(name: string): Promise<string> {
  try {
    for (const folder of [sharedFolder, join(sharedFolder, name)]) {
      await makeFolder(folder);
      await setMode(folder, 0o755);
    }
  } catch (error) {
    throw new Failure([noSharedFolder(sharedFolder, error instanceof Error ? error.message : String(error))]);
  }
  return join(sharedFolder, name);
}

/**
 * The account a server that refuses to run as root runs as: undefined when we are not root (it runs as we do),
 * `none` when we are and there is no other account.
 * @param data a folder whose owner it is when that is not root: data made by a user stays that user's
 */
export async function serverAccount(data?: string): Promise<Account | undefined | 'none'> {
  if (!isSuperuser()) return undefined;
  const owner = data === undefined ? undefined : await ownerOf(data);
  return owner && owner.uid !== 0 ? owner : ((await unprivilegedAccount()) ?? 'none');
}

/** Where programs lie that such an account runs: the cache when it can reach that, or else a shared folder. */
export async function programsFolder(cacheFolder: string, account: Account | undefined | 'none'): Promise<string> {
  const folder = join(cacheFolder, 'backing');
  if (!account || account === 'none') return folder;
  // Made before it is looked at: a strict umask closes what is made.
  await makeFolder(folder);
  if (await canReach(join(folder, 'any'), account)) return folder;
  return makeShared('programs');
}
