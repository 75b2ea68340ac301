import { z } from 'zod';
import { duration, text } from './scalars.ts';

const share = z.union([
  z.int().min(0),
  z.string().regex(/^\d{1,3}%$/, { error: 'must be a number or a percentage such as 25%' }),
]);

/** How a new version takes over. */
export const rollout = z
  .strictObject({
    strategy: z
      .enum(['rolling', 'recreate'])
      .meta({ description: '`rolling` by default; `recreate` stops the old replicas first.' })
      .optional(),
    maxSurge: share
      .meta({ description: 'Replicas above the number wanted, meanwhile.', examples: [1, '25%'] })
      .optional(),
    maxUnavailable: share.meta({ description: 'Replicas that may be missing, meanwhile.', examples: [0] }).optional(),
    timeout: duration
      .meta({ description: 'When a rollout that does not get on has failed.', examples: ['10m'] })
      .optional(),
    grace: duration.meta({ description: 'How long a replica may take to stop.', examples: ['30s'] }).optional(),
    canary: z
      .strictObject({
        header: z
          .record(z.string(), z.string())
          .meta({ description: 'Requests with this header go to the new version.', examples: [{ canary: 'true' }] })
          .optional(),
        weights: z
          .array(z.int().min(0).max(100))
          .min(1)
          .meta({
            description: 'Percent of the traffic for the new version, step by step.',
            examples: [[10, 50, 100]],
          }),
        metric: text
          .meta({ description: 'What must hold for the next step.', examples: ['error-rate < 1%'] })
          .optional(),
        pause: duration.meta({ description: 'Time between two steps.', examples: ['5m'] }).optional(),
      })
      .meta({ description: 'Give the new version a part of the traffic first.' })
      .optional(),
  })
  .meta({
    description: 'How a new version takes over.',
    examples: [{ canary: { weights: [10, 50, 100], metric: 'error-rate < 1%' } }],
  });

/** On which machines it runs. */
export const placement = z
  .strictObject({
    pool: text.meta({ description: 'Name of the node pool.', examples: ['agent-runtime'] }).optional(),
    sandbox: text.meta({ description: 'Runtime class that isolates it.', examples: ['gvisor'] }).optional(),
    spot: z.boolean().meta({ description: 'May run on machines that can be taken away.' }).optional(),
  })
  .meta({ description: 'On which machines it runs.', examples: [{ pool: 'agent-runtime', sandbox: 'gvisor' }] });
