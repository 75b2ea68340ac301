import { address } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** Qdrant vector database. Its client libraries take the API key beside the URL, never inside it. */
export const qdrant = {
  type: 'qdrant',
  title: 'Qdrant',
  defaultVersion: '1',
  ports: { http: { port: 6333, protocol: 'http' }, grpc: { port: 6334, protocol: 'grpc' } },
  mainPort: 'http',
  attributes: {
    url: { description: 'Address of the REST API, `http://host:port`.' },
    ...address,
    'api-key': { description: 'Key that every request must carry in the header `api-key`.', secret: true },
    'grpc-url': { description: 'Address of the gRPC API, `http://host:port`.', port: 'grpc' },
  },
  settings: {},
} as const satisfies BackingDefinition;
