import { database } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** MongoDB, one node. */
export const mongodb = {
  type: 'mongodb',
  title: 'MongoDB',
  defaultVersion: '8',
  ports: { mongodb: { port: 27017, protocol: 'mongodb' } },
  mainPort: 'mongodb',
  attributes: {
    url: {
      description: 'Connection URI, `mongodb://user:password@host:port/database?authSource=admin`.',
      secret: true,
    },
    ...database,
  },
  settings: {
    database: { description: 'Name of the database.', type: 'string', default: 'app' },
    user: { description: 'Account that services connect as.', type: 'string', default: 'app' },
  },
} as const satisfies BackingDefinition;
