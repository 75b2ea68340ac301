import { z } from 'zod';
import { type Invalid, isInvalid } from '../values/invalid.ts';

/** Carried by a zod issue of ours to the diagnostics: see `problems.ts`. */
export interface IssueDetails {
  code: 'model/invalid-value' | 'model/contradiction';
  cure?: string;
}

/**
 * A schema whose value is read on: text to a number of bytes, a shorthand to its long form.
 * @param reader returns the value, or what is wrong with it; never throws.
 */
export function read<Schema extends z.ZodType, Output>(
  schema: Schema,
  reader: (value: z.output<Schema>) => Output | Invalid,
): z.ZodPipe<Schema, z.ZodTransform<Output, z.output<Schema>>> {
  const transform = z.transform((value: z.output<Schema>, context) => {
    const result = reader(value);
    if (!isInvalid(result)) return result;
    const details: IssueDetails = { code: 'model/invalid-value', ...(result.cure ? { cure: result.cure } : {}) };
    context.issues.push({ code: 'custom', input: value, message: result.invalid, params: details });
    return z.NEVER;
  });
  return schema.pipe(transform as never) as never;
}

/**
 * Refuses a map by a rule over several of its keys; the path names the key to point at. It runs also when single values
 * are wrong, so that every mistake shows at once; only after an unknown key not, for that may be what the rule misses.
 * @param rule must bear values of any type
 */
export function contradiction<Output>(
  rule: (value: Output) => { message: string; cure?: string; path?: (string | number)[] } | undefined,
): z.core.$ZodCheck<Output> {
  return z.superRefine<Output>(
    (value, context) => {
      const found = rule(value);
      if (!found) return;
      const details: IssueDetails = { code: 'model/contradiction', ...(found.cure ? { cure: found.cure } : {}) };
      context.addIssue({ code: 'custom', message: found.message, path: found.path ?? [], params: details });
    },
    {
      when: ({ value, issues }) =>
        typeof value === 'object' &&
        value !== null &&
        !issues.some(({ code, path }) => code === 'unrecognized_keys' && (path ?? []).length === 0),
    },
  );
}
