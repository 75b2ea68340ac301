import { database } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** MySQL. */
export const mysql = {
  type: 'mysql',
  title: 'MySQL',
  defaultVersion: '8.4',
  ports: { mysql: { port: 3306, protocol: 'mysql' } },
  mainPort: 'mysql',
  attributes: {
    url: { description: 'Connection URI, `mysql://user:password@host:port/database`.', secret: true },
    ...database,
  },
  settings: {
    database: { description: 'Name of the database.', type: 'string', default: 'app' },
    user: {
      description: 'Account that owns the database and that services connect as.',
      type: 'string',
      default: 'app',
    },
  },
} as const satisfies BackingDefinition;
