import type { BackingDefinition } from './backing.ts';
import { elasticsearch } from './elasticsearch/definition.ts';
import { kafka } from './kafka/definition.ts';
import { mariadb } from './mariadb/definition.ts';
import { memcached } from './memcached/definition.ts';
import { mongodb } from './mongodb/definition.ts';
import { mysql } from './mysql/definition.ts';
import { nats } from './nats/definition.ts';
import { opensearch } from './opensearch/definition.ts';
import { postgres } from './postgres/definition.ts';
import { pubsub } from './pubsub/definition.ts';
import { qdrant } from './qdrant/definition.ts';
import { rabbitmq } from './rabbitmq/definition.ts';
import { redis } from './redis/definition.ts';
import { s3 } from './s3/definition.ts';
import { valkey } from './valkey/definition.ts';

/**
 * Every type of backing service, one line each. The literal types are kept, so that `defineSystem` knows which
 * attributes `${name.attribute}` may say for each type.
 */
export const backingDefinitions = {
  postgres,
  mysql,
  mariadb,
  mongodb,
  redis,
  valkey,
  memcached,
  nats,
  rabbitmq,
  kafka,
  pubsub,
  qdrant,
  elasticsearch,
  opensearch,
  s3,
} as const satisfies Record<string, BackingDefinition>;

/** Name of a type, as written under `type`. */
export type BackingType = keyof typeof backingDefinitions;

/** The definition of a type by its name, or undefined for a name that is no type. */
export const backingDefinition = (type: string): BackingDefinition | undefined =>
  Object.hasOwn(backingDefinitions, type) ? backingDefinitions[type as BackingType] : undefined;
