import type { z } from 'zod';
import type { system } from './schema/system.ts';

/**
 * Describes a system in a gantry.config.ts; the model is its default export.
 * @param description the same keys as in gantry.yaml
 * @returns what it was given
 */
export const defineSystem = <const Description extends z.input<typeof system>>(description: Description): Description =>
  description;
