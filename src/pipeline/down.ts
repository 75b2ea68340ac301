import { clearLeftovers } from '../runtimes/local/client.ts';
import { findRunning } from './connect.ts';
import { environmentOf, locateModel, type ModelPlace } from './locate.ts';

/**
 * Stops the system of the place, or ends what a killed supervisor left of it; undefined when there was neither.
 * Its data stays.
 */
export async function stopSystem(
  place: ModelPlace,
  options: { now: boolean },
): Promise<{ system: string; environment: string } | undefined> {
  const running = await findRunning(place);
  if (!running) return clearLeftovers(await locateModel(place), environmentOf(place));
  const { system, environment } = running.client;
  await running.client.stop(options);
  return { system, environment };
}
