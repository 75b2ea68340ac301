import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { QdrantClient } from '@qdrant/js-client-rest';
import { Redis } from 'ioredis';
import pg from 'pg';

type Attributes = Record<string, string>;

/** What the suite asks of a type, through the client that services use. */
export interface RealClient {
  /** Writes a value so that it must survive. */
  write(attributes: Attributes, value: string): Promise<void>;
  /** Everything written so far, sorted. */
  read(attributes: Attributes): Promise<string[]>;
  /** The attributes with a credential that was never given out. */
  withWrongCredential(attributes: Attributes): Attributes;
  /** Names of the attributes that are secret. */
  secrets: string[];
}

const postgres = async <T>(attributes: Attributes, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: attributes['url'] });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
};

const redis = async <T>(attributes: Attributes, work: (client: Redis) => Promise<T>): Promise<T> => {
  const client = new Redis(attributes['url'] ?? '', {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    client.disconnect();
  }
};

/** The JavaScript client takes the account beside the URL. */
const nats = async <T>(attributes: Attributes, work: (client: Awaited<ReturnType<typeof connect>>) => Promise<T>) => {
  const url = new URL(attributes['url'] ?? '');
  const client = await connect({ servers: url.host, user: url.username, pass: url.password, reconnect: false });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
};

const qdrant = (attributes: Attributes) =>
  new QdrantClient({ url: attributes['url'] ?? '', apiKey: attributes['api-key'] ?? '', checkCompatibility: false });

const wrongPassword = (attributes: Attributes): Attributes => ({
  ...attributes,
  password: 'wrong',
  url: (attributes['url'] ?? '').replace(attributes['password'] ?? '', 'wrong'),
});

export const clients: Record<string, RealClient> = {
  postgres: {
    write: (attributes, value) =>
      postgres(attributes, async (client) => {
        await client.query('CREATE TABLE IF NOT EXISTS kept (value text)');
        await client.query('INSERT INTO kept VALUES ($1)', [value]);
      }),
    read: (attributes) =>
      postgres(attributes, async (client) => {
        const found = await client.query<{ value: string }>('SELECT value FROM kept ORDER BY value');
        return found.rows.map((row) => row.value);
      }),
    withWrongCredential: wrongPassword,
    secrets: ['password'],
  },
  redis: {
    write: (attributes, value) => redis(attributes, async (client) => void (await client.rpush('kept', value))),
    read: (attributes) => redis(attributes, async (client) => (await client.lrange('kept', 0, -1)).sort()),
    withWrongCredential: wrongPassword,
    secrets: ['password'],
  },
  nats: {
    write: (attributes, value) =>
      nats(attributes, async (client) => {
        const manager = await jetstreamManager(client);
        await manager.streams.add({ name: 'kept', subjects: ['kept.>'] });
        await jetstream(client).publish('kept.value', value);
      }),
    read: (attributes) =>
      nats(attributes, async (client) => {
        const manager = await jetstreamManager(client);
        const { state } = await manager.streams.info('kept');
        const values: string[] = [];
        for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
          const message = await manager.streams.getMessage('kept', { seq });
          if (message) values.push(message.string());
        }
        return values.sort();
      }),
    withWrongCredential: wrongPassword,
    secrets: ['password'],
  },
  qdrant: {
    async write(attributes, value) {
      const client = qdrant(attributes);
      if (!(await client.collectionExists('kept')).exists) {
        await client.createCollection('kept', { vectors: { size: 2, distance: 'Dot' } });
      }
      const { count } = await client.count('kept');
      await client.upsert('kept', { wait: true, points: [{ id: count + 1, vector: [1, 1], payload: { value } }] });
    },
    async read(attributes) {
      const { points } = await qdrant(attributes).scroll('kept', { limit: 100 });
      return points.map((point) => String(point.payload?.['value'])).sort();
    },
    withWrongCredential: (attributes) => ({ ...attributes, 'api-key': 'wrong' }),
    secrets: ['api-key'],
  },
};
