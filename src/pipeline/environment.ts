import { connect } from './connect.ts';
import type { ModelPlace } from './locate.ts';
import { checkWorkload } from './names.ts';

/** What a hidden value looks like; of one length, so that it tells nothing. */
const hidden = '******';

/**
 * The variables of a running service, sorted by name, with the values of secrets hidden unless they are asked for.
 * @throws Failure when the system does not run or the name is unknown
 */
export async function variablesOf(
  place: ModelPlace,
  service: string,
  options: { reveal: boolean },
): Promise<Record<string, string>> {
  const { client } = await connect(place);
  await checkWorkload(client, service);
  const { variables, secret } = await client.environmentOf(service);
  const shown = ([name, value]: [string, string]) => [name, secret.includes(name) && !options.reveal ? hidden : value];
  return Object.fromEntries(
    Object.entries(variables)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(shown),
  );
}
