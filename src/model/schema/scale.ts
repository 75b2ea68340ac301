import { z } from 'zod';
import { contradiction, read } from './read.ts';
import { text } from './scalars.ts';

const percent = z.int().min(1).max(1000);
const replicas = z.int().min(0).max(10_000);

/** How many replicas; `max` above `min` means that an autoscaler decides between them. */
export interface Scale {
  min: number;
  max: number;
  /** Percent of the request. */
  cpu?: number;
  memory?: number;
  metric?: { name: string; perReplica: number };
}

/** A number of replicas, or bounds and what an autoscaler goes by. */
export const scale = read(
  z.union([
    replicas,
    z
      .strictObject({
        min: replicas.meta({ description: 'Fewest replicas.', examples: [2] }),
        max: replicas.meta({ description: 'Most replicas; `min` when left out.', examples: [10] }).optional(),
        cpu: percent
          .meta({ description: 'Percent of the CPU request that replicas are kept at.', examples: [70] })
          .optional(),
        memory: percent
          .meta({ description: 'Percent of the memory request that replicas are kept at.', examples: [80] })
          .optional(),
        metric: z
          .strictObject({
            name: text.meta({ description: 'Name of the metric.', examples: ['sessions'] }),
            perReplica: z
              .number()
              .positive()
              .meta({ description: 'How much of it one replica carries.', examples: [50] }),
          })
          .meta({ description: 'A metric of the service itself to go by.' })
          .optional(),
      })
      .check(
        contradiction(({ min, max }) =>
          typeof max === 'number' && typeof min === 'number' && max < min
            ? { message: `max ${max} is below min ${min}`, path: ['max'], cure: `raise max to ${min} or more` }
            : undefined,
        ),
      ),
  ]),
  (value): Scale =>
    typeof value === 'number' ? { min: value, max: value } : { ...value, max: value.max ?? value.min },
).meta({
  description: 'How many replicas: a number, or bounds for an autoscaler.',
  examples: [3, { min: 2, max: 10, cpu: 70, memory: 80 }],
});
