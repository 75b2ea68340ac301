import { resolve } from 'node:path';
import { type Watcher, watchFiles } from '../../host/watch.ts';
import { neverSource } from '../../languages/ignore.ts';
import type { Recipe } from '../../languages/language.ts';
import type { Workload } from '../../plan/plan.ts';

/** A change of sources, and what it needs. */
export interface Change {
  paths: string[];
  /** Names of prepare steps; all when left out. */
  steps?: readonly string[];
}

export interface SourceWatch {
  close(): Promise<void>;
}

/** Milliseconds; the library and the first look at the folders must not slow the start of the services down. */
const delay = 300;
/** Milliseconds of quiet before a change is acted upon: an editor's write is over by then, and nobody notices the wait. */
const quiet = 30;

/**
 * Watches what a workload is made of. The model's `dev.watch` and `dev.ignore` say more than the language knows; with
 * `dev.reload: false` nothing is watched.
 * @param folder absolute folder of the workload
 * @returns undefined when there is nothing to watch
 */
export function watchSources(
  workload: Workload,
  recipe: Recipe,
  folder: string,
  onChange: (change: Change) => void,
): SourceWatch | undefined {
  const { watch, ignore = [], reload } = workload.dev;
  if (reload === false) return undefined;
  const given = watch?.map((path) => resolve(folder, path));
  const ignored = [
    ...neverSource,
    ...ignore.map((rule) => (rule.startsWith('*') || !rule.includes('/') ? rule : resolve(folder, rule))),
  ];
  const open = (paths: readonly string[], rules: readonly string[], steps?: readonly string[]) =>
    watchFiles({ paths, ignore: rules, quiet, delay, onChange: (changed) => onChange({ paths: changed, steps }) });
  const watchers: Watcher[] = [];
  if (recipe.reload.kind === 'self') {
    if (recipe.reload.restart.length > 0) watchers.push(open(recipe.reload.restart, ignored));
    if (given) watchers.push(open(given, ignored));
  } else if (recipe.reload.kind === 'restart') {
    const { steps } = recipe.reload;
    watchers.push(open(given ?? recipe.reload.watch, [...recipe.reload.ignore, ...ignored], steps));
  } else if (given) watchers.push(open(given, ignored));
  if (watchers.length === 0) return undefined;
  return {
    async close() {
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}
