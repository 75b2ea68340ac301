import { join } from 'node:path';
import { makeFolder } from '../../host/files.ts';
import { answersOverHttp } from '../container/handshake.ts';
import { containerServer, type Values } from '../container/server.ts';

/** The last image that the project published; the version of the model is that of the S3 API. */
const image = 'minio/minio:RELEASE.2025-09-07T16-13-09Z';

const bucketOf = ({ service }: Values): string => String(service.settings['bucket'] ?? service.name);

/** S3 on this machine: a MinIO server, in which a folder of the data folder is a bucket. */
export const local = containerServer({
  title: 'MinIO',
  image: () => image,
  ports: { s3: 9000 },
  data: '/data',
  environment: ({ password }) => ({ MINIO_ROOT_USER: 'app', MINIO_ROOT_PASSWORD: password }),
  command: () => ['server', '/data'],
  prepare: (values) => makeFolder(join(values.dataFolder, bucketOf(values))),
  ready: (values) => answersOverHttp(values, '/minio/health/ready'),
  attributes: (values) => ({
    url: `http://${values.host}:${values.port}`,
    bucket: bucketOf(values),
    region: String(values.service.settings['region'] ?? 'us-east-1'),
    'access-key': 'app',
    'secret-key': values.password,
  }),
});
