import type { LocalBacking } from './backing.ts';

/** Loaded only for the types that a system uses: a driver costs time and memory. */
const local: Record<string, () => Promise<{ local: LocalBacking }>> = {
  nats: () => import('./nats/local.ts'),
  postgres: () => import('./postgres/local.ts'),
  pubsub: () => import('./pubsub/local.ts'),
  qdrant: () => import('./qdrant/local.ts'),
  redis: () => import('./redis/local.ts'),
};

/**
 * How a type runs on this machine.
 * @param type as in the plan; undefined when Gantry cannot run it here
 */
export async function loadLocalBacking(type: string): Promise<LocalBacking | undefined> {
  return Object.hasOwn(local, type) ? (await local[type]?.())?.local : undefined;
}
