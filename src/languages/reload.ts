import { relative } from 'node:path';
import { neverSource } from './ignore.ts';
import type { PrepareStep, Reload } from './language.ts';

/**
 * A reload by the runtime: it watches, re-runs all steps (those whose inputs did not change cost next to nothing) and
 * restarts.
 * @param watch absolute files and folders; one below another is left out, for it is watched already.
 * @param ignore beside what is never source; as in `PrepareStep`.
 */
export const restartOn = (
  watch: readonly string[],
  ignore: readonly string[],
  steps: readonly PrepareStep[],
): Reload => ({
  kind: 'restart',
  watch: [...new Set(watch)].filter((path) => !watch.some((other) => other !== path && isBelow(path, other))),
  ignore: [...neverSource, ...ignore],
  steps: steps.map(({ name }) => name),
});

/** Whether a path lies below a folder, or is it. Both absolute. */
export const isBelow = (path: string, folder: string): boolean => !/^\.\.(\/|$)/.test(relative(folder, path));
