import { z } from 'zod';
import { readDuration } from '../values/duration.ts';
import type { Invalid } from '../values/invalid.ts';
import { readBytes, readCpu } from '../values/quantity.ts';
import { readRange } from '../values/range.ts';
import { read } from './read.ts';

/** Text that says something. */
export const text = z.string().min(1);

/** A number of a TCP or UDP port. */
export const portNumber = z.int().min(1).max(65_535);

/** `30s`, `14d`, `1h30m`, or a number of seconds; becomes seconds. */
export const duration = read(z.union([z.string(), z.number().min(0)]), (value) =>
  typeof value === 'number' ? value : readDuration(value),
).meta({
  description: 'A duration: a number of seconds, or text such as `30s`, `1h30m`, `14d`.',
  examples: ['30s', '14d'],
});

/** `10Gi`, or a number of bytes; becomes bytes. */
export const bytes = read(z.union([z.string(), z.number().min(0)]), (value) => readBytes(String(value))).meta({
  description: 'A size: a Kubernetes quantity such as `512Mi` or `10Gi`, or a number of bytes.',
  examples: ['512Mi', '10Gi'],
});

const range = (unit: (text: string) => number | Invalid) =>
  read(
    z.union([
      z.string(),
      z.number().min(0),
      z.strictObject({
        request: z
          .union([z.string(), z.number()])
          .meta({ description: 'What is kept free for it.', examples: ['200m', '256Mi'] }),
        limit: z
          .union([z.string(), z.number()])
          .meta({ description: 'What it may use at most.', examples: ['500m', '512Mi'] })
          .optional(),
      }),
    ]),
    (value) =>
      readRange(
        typeof value === 'object'
          ? [value.request, ...(value.limit === undefined ? [] : [value.limit])].join('..')
          : String(value),
        unit,
      ),
  );

/** CPU and memory of one replica: millicores and bytes. */
export const resources = z.strictObject({
  cpu: range(readCpu)
    .meta({
      description: 'CPU asked for, and the most that is allowed after `..`; in cores or thousandths (`m`).',
      examples: ['200m..500m', '1..2', '250m'],
    })
    .optional(),
  memory: range(readBytes)
    .meta({
      description: 'Memory asked for, and the most that is allowed after `..`.',
      examples: ['256Mi..512Mi', '1Gi'],
    })
    .optional(),
});

/** A command as a list: program first, no shell. */
export const command = z
  .array(z.string())
  .min(1)
  .meta({
    description: 'A program and its arguments, as a list; no shell reads it.',
    examples: [['node', 'dist/main.js']],
  });

/** Text for a variable; a number or a boolean is written as text. */
export const variable = read(z.union([z.string(), z.number(), z.boolean()]), String).meta({
  description: 'Text; `${name.attribute}` in it is a reference, `$${` is a plain `${`.',
  examples: ['${postgres.url}', 'info'],
});

/** A name that a user gives: the rule of DNS labels (RFC 1123) is checked with the position of the key. */
export const named = <Value extends z.ZodType>(value: Value): z.ZodRecord<z.ZodString, Value> =>
  z.record(z.string(), value);
