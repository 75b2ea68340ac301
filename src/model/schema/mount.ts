import { z } from 'zod';
import { contradiction, read } from './read.ts';
import { bytes, text } from './scalars.ts';

const absolute = text.regex(/^\//, { error: 'must be an absolute path, for example /data' });

/** Folders that a service writes to. */
export const volumes = z
  .record(
    z.string(),
    read(
      z.union([
        absolute,
        z.strictObject({
          path: absolute.meta({ description: 'Where the service finds it.', examples: ['/data/uploads'] }),
          size: bytes
            .meta({
              description: 'Size of a disk that keeps its data; without it the data goes with the replica.',
              examples: ['5Gi'],
            })
            .optional(),
          readOnly: z.boolean().meta({ description: 'The service may only read it.' }).optional(),
        }),
      ]),
      (value): { path: string; size?: number; readOnly?: boolean } =>
        typeof value === 'string' ? { path: value } : value,
    ),
  )
  .meta({
    description: 'Folders to write to, by name: a path, or `{path, size, readOnly}`.',
    examples: [{ uploads: { path: '/data/uploads', size: '5Gi' } }],
  });

/** Files put into a service from the model or from the repository. */
export const files = z
  .record(
    z.string(),
    z
      .strictObject({
        path: absolute.meta({ description: 'Where the service finds it.', examples: ['/etc/app/config.yaml'] }),
        content: z.string().meta({ description: 'The text; references in it are filled in.' }).optional(),
        source: text.meta({ description: 'A file in the repository.', examples: ['config/app.yaml'] }).optional(),
      })
      .check(
        contradiction(({ content, source }) =>
          (content === undefined) === (source === undefined)
            ? { message: 'a file has either content or source', cure: 'write one of the two' }
            : undefined,
        ),
      ),
  )
  .meta({
    description: 'Files to put into the service, by name.',
    examples: [{ config: { path: '/etc/app/config.yaml', source: 'config/app.yaml' } }],
  });
