import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { filesBelow, isIgnored } from './tree.ts';

export interface Watcher {
  /** Resolves once changes are seen. */
  ready: Promise<void>;
  close(): Promise<void>;
}

export interface WatchOptions {
  /** Absolute files and folders; folders with all below. Those that are missing are watched for their coming. */
  paths: readonly string[];
  /** As `isIgnored` has it. */
  ignore: readonly string[];
  /** Milliseconds of quiet after the first change before it is told; an editor writes in several steps. */
  quiet: number;
  /** Milliseconds until the watching begins, while more urgent things are done. No change is missed for it. */
  delay?: number;
  /** Told the changed absolute paths, each once. */
  onChange(paths: string[]): void;
}

/** Longest time, in units of `quiet`, that a stream of changes is gathered before it is told. */
const patience = 10;

/** Watches files. The library is loaded only now, so that a system without reloading does not pay for it. */
export function watchFiles(options: WatchOptions): Watcher {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  const tell = () => {
    timer = undefined;
    const paths = [...changed].sort();
    changed.clear();
    options.onChange(paths);
  };
  const note = (path: string) => {
    if (changed.size === 0) since = performance.now();
    changed.add(path);
    if (timer && performance.now() - since < options.quiet * patience) clearTimeout(timer);
    else if (timer) return;
    timer = setTimeout(tell, options.quiet);
  };
  const begun = Date.now();
  const [there, missing] = [true, false].map((wanted) => options.paths.filter((path) => existsSync(path) === wanted));
  const closing = new AbortController();
  const watcher = sleep(options.delay ?? 0, undefined, { signal: closing.signal }).then(
    async () => {
      const { watch } = await import('chokidar');
      return (
        watch(there ?? [], {
          ignoreInitial: true,
          atomic: false,
          ignored: (path) => isIgnored(options.ignore, path, basename(path)),
        })
          .on('all', (event, path) => event !== 'addDir' && event !== 'unlinkDir' && note(path))
          // Too many watches, or a folder that may not be read: what can be watched still is.
          .on('error', () => {})
      );
    },
    () => undefined,
  );
  return {
    ready: watcher.then(async (opened) => {
      if (!opened) return;
      if (there?.length) await new Promise<void>((resolve) => opened.once('ready', resolve));
      // Only now: with a missing path among the first ones, chokidar calls itself ready before it watches anything.
      if (missing?.length) opened.add(missing);
      // What changed between the call and now was too early for the watcher.
      const files = await Promise.all(options.paths.map((path) => filesBelow(path, options.ignore)));
      for (const { path, changed: at } of files.flat()) if (at > begun && !opened.closed) note(path);
    }),
    async close() {
      if (timer) clearTimeout(timer);
      closing.abort();
      await (await watcher)?.close();
    },
  };
}
