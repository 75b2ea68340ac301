import { findRunning } from './connect.ts';
import type { ModelPlace } from './locate.ts';

/** Stops the system of the place; undefined when it did not run. Its data stays. */
export async function stopSystem(
  place: ModelPlace,
  options: { now: boolean },
): Promise<{ system: string; environment: string } | undefined> {
  const running = await findRunning(place);
  if (!running) return undefined;
  const { system, environment } = await running.client.status();
  await running.client.stop(options);
  return { system, environment };
}
