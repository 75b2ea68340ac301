import { z } from 'zod';
import { contradiction } from './read.ts';
import { text } from './scalars.ts';

/** What is known of a secret; its value is nowhere in the model. */
export const secret = z
  .strictObject({
    generate: z
      .int()
      .min(8)
      .max(1024)
      .meta({
        description: 'Make a random value of so many characters, once; without it the value must be given.',
        examples: [48],
      })
      .optional(),
    minLength: z
      .int()
      .min(1)
      .max(1024)
      .meta({ description: 'Fewest characters; a shorter value is refused.', examples: [32] })
      .optional(),
    optional: z
      .boolean()
      .meta({ description: 'May be missing; variables that need it are then left out.' })
      .default(false),
    description: text.meta({ description: 'What it is for and where to get it; shown when it is missing.' }).optional(),
  })
  .check(
    contradiction(({ generate, minLength }) =>
      typeof generate === 'number' && typeof minLength === 'number' && generate < minLength
        ? {
            message: `generates ${generate} characters, fewer than minLength ${minLength}`,
            path: ['generate'],
            cure: `write generate: ${minLength} or more`,
          }
        : undefined,
    ),
  );

/** Known facts of a secret. */
export type Secret = z.output<typeof secret>;
