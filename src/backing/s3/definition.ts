import { address } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** Object storage by the S3 API; on a developer's machine a MinIO server. */
export const s3 = {
  type: 's3',
  title: 'S3 object storage',
  defaultVersion: '1',
  ports: { s3: { port: 9000, protocol: 'http' } },
  mainPort: 's3',
  attributes: {
    url: { description: 'Address of the S3 API, `http://host:port`.' },
    ...address,
    bucket: { description: 'Name of the bucket.' },
    region: { description: 'Region that requests are signed for.' },
    'access-key': { description: 'Access key id.' },
    'secret-key': { description: 'Secret access key.', secret: true },
  },
  settings: {
    bucket: { description: 'Name of the bucket; the name in the model when left out.', type: 'string' },
    region: { description: 'Region that requests are signed for.', type: 'string', default: 'us-east-1' },
  },
} as const satisfies BackingDefinition;
