import { z } from 'zod';
import { readImageReference } from '../values/image-reference.ts';
import { read } from './read.ts';
import { text } from './scalars.ts';

/** Where a service's code is. Paths are relative to the model's folder, with forward slashes. */
export interface Source {
  /** What the image build sees. */
  context: string;
  /** The service's own folder: where its language is detected and where it runs. */
  folder: string;
  dockerfile?: string;
  include?: string[];
  args?: Record<string, string>;
  target?: string;
}

/** A folder, or how an image is built from it. */
export const source = read(
  z.union([
    text,
    z.strictObject({
      context: text.meta({ description: 'Folder that the image build sees.', examples: ['.'] }),
      folder: text
        .meta({
          description: 'Folder of the service itself; that of `dockerfile` when left out, otherwise `context`.',
          examples: ['services/router'],
        })
        .optional(),
      dockerfile: text
        .meta({ description: 'Path of the Dockerfile.', examples: ['services/router/Dockerfile'] })
        .optional(),
      include: z
        .array(text)
        .meta({
          description: 'Folders and files that the image needs; everything when left out.',
          examples: [['services/router']],
        })
        .optional(),
      args: z
        .record(z.string(), read(z.union([z.string(), z.number(), z.boolean()]), String))
        .meta({
          description: 'Build arguments. Not for secrets: they stay in the image.',
          examples: [{ NODE_ENV: 'production' }],
        })
        .optional(),
      target: text.meta({ description: 'Stage of the Dockerfile to build.', examples: ['runtime'] }).optional(),
    }),
  ]),
  (value): Source => {
    if (typeof value === 'string') return { context: tidy(value), folder: tidy(value) };
    const context = tidy(value.context);
    const dockerfile = value.dockerfile === undefined ? undefined : tidy(value.dockerfile);
    const beside = dockerfile?.includes('/') ? dockerfile.slice(0, dockerfile.lastIndexOf('/')) : undefined;
    return {
      ...value,
      context,
      folder: value.folder === undefined ? (beside ?? context) : tidy(value.folder),
      ...(dockerfile === undefined ? {} : { dockerfile }),
    };
  },
).meta({
  description: 'Folder of the code; or `{context, dockerfile, include, args, target}`.',
  examples: ['services/gateway', { context: '.', dockerfile: 'services/router/Dockerfile' }],
});

/** An image by name: what the built one is called, or one that exists. */
export const image = read(text, readImageReference).meta({
  description: 'Name of the image that is built from `source`; without `source`, an image that exists elsewhere.',
  examples: ['gateway', 'nginxinc/nginx-unprivileged:1.29'],
});

/** One way to write a folder: forward slashes, no `./` in front, no slash at the end; `.` for the model's own. */
const tidy = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .replace(/(?<=.)\/+$/, '') || '.';
