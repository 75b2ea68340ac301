import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { dataElsewhere } from '../../diagnostics/catalogue/backing.ts';
import { makeFolder } from '../../host/files.ts';
import { makeLink, readLink } from '../../host/install.ts';
import { type Account, canReach, giveTo } from '../../host/ownership.ts';
import type { BackingService } from '../../plan/plan.ts';
import { makeShared } from '../acquire/place.ts';
import type { LaunchContext } from '../backing.ts';

/**
 * The folder that a server under another account keeps its data in. `.gantry` belongs to root alone when root runs
 * Gantry, so the data then lies under `/var/lib/gantry`, and a link named `data` in the data folder leads there.
 * @param account undefined when the server runs as we do: the data folder itself
 */
export async function settleFolder(
  service: BackingService,
  title: string,
  context: LaunchContext,
  account: Account | undefined,
): Promise<string> {
  await makeFolder(context.dataFolder, 0o700);
  if (!account) return context.dataFolder;
  const link = join(context.dataFolder, 'data');
  const linked = await readLink(link);
  if (linked === undefined && (await canReach(context.dataFolder, account))) {
    await giveTo(context.dataFolder, account);
    return context.dataFolder;
  }
  const shared = await makeShared('data');
  const place = linked ?? join(shared, `${service.name}-${randomBytes(8).toString('hex')}`);
  await makeFolder(place, 0o700);
  await giveTo(place, account);
  if (linked === undefined) {
    await makeLink(link, place);
    context.report(dataElsewhere(service.name, title, place, link));
  }
  return place;
}
