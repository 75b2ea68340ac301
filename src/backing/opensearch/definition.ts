import { account, address } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** OpenSearch, one node. */
export const opensearch = {
  type: 'opensearch',
  title: 'OpenSearch',
  defaultVersion: '3',
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
