import type { LocalBacking } from './backing.ts';
import type { BackingType } from './definitions.ts';

/** Loaded only for the types that a system uses: a driver costs time and memory. */
const local: Record<BackingType, () => Promise<{ local: LocalBacking }>> = {
  elasticsearch: () => import('./elasticsearch/local.ts'),
  kafka: () => import('./kafka/local.ts'),
  mariadb: () => import('./mariadb/local.ts'),
  memcached: () => import('./memcached/local.ts'),
  mongodb: () => import('./mongodb/local.ts'),
  mysql: () => import('./mysql/local.ts'),
  nats: () => import('./nats/local.ts'),
  opensearch: () => import('./opensearch/local.ts'),
  postgres: () => import('./postgres/local.ts'),
  pubsub: () => import('./pubsub/local.ts'),
  qdrant: () => import('./qdrant/local.ts'),
  rabbitmq: () => import('./rabbitmq/local.ts'),
  redis: () => import('./redis/local.ts'),
  s3: () => import('./s3/local.ts'),
  valkey: () => import('./valkey/local.ts'),
};

/**
 * How a type runs on this machine.
 * @param type as in the plan; undefined when Gantry cannot run it here
 */
export async function loadLocalBacking(type: string): Promise<LocalBacking | undefined> {
  return Object.hasOwn(local, type) ? (await local[type as BackingType]()).local : undefined;
}
