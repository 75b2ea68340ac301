import { account, address } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** Elasticsearch, one node. */
export const elasticsearch = {
  type: 'elasticsearch',
  title: 'Elasticsearch',
  defaultVersion: '9.1.0',
  ports: { http: { port: 9200, protocol: 'http' } },
  mainPort: 'http',
  attributes: {
    url: {
      description: 'Address of the REST API with the account in it, `http://user:password@host:port`.',
      secret: true,
    },
    ...address,
    ...account,
  },
  settings: {},
} as const satisfies BackingDefinition;
