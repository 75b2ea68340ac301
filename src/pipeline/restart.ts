import type { ProcessStatus } from '../runtimes/local/status.ts';
import { connect } from './connect.ts';
import type { ModelPlace } from './locate.ts';

/** Restarts parts of a running system and says how they are afterwards. @throws Failure for an unknown name */
export async function restartServices(place: ModelPlace, names: readonly string[]): Promise<ProcessStatus[]> {
  const { client } = await connect(place);
  await client.restart(names);
  const { processes } = await client.status();
  return processes.filter(({ name }) => names.includes(name));
}
