import { database } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** PostgreSQL; a version is a major, for a minor never changes what an application sees. */
export const postgres = {
  type: 'postgres',
  title: 'PostgreSQL',
  defaultVersion: '17',
  ports: { postgres: { port: 5432, protocol: 'postgres' } },
  mainPort: 'postgres',
  attributes: {
    url: { description: 'Connection URI, `postgresql://user:password@host:port/database`.', secret: true },
    ...database,
  },
  settings: {
    database: { description: 'Name of the database.', type: 'string', default: 'app' },
    user: { description: 'Role that owns the database and that services connect as.', type: 'string', default: 'app' },
  },
} as const satisfies BackingDefinition;
