import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { isIgnored } from './tree.ts';

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
  const [there, missing] = [true, false].map((wanted) => options.paths.filter((path) => existsSync(path) === wanted));
  const watcher = import('chokidar').then(({ watch }) =>
    watch(there ?? [], {
      ignoreInitial: true,
      atomic: false,
      ignored: (path) => isIgnored(options.ignore, path, basename(path)),
    })
      .on('all', (event, path) => event !== 'addDir' && event !== 'unlinkDir' && note(path))
      // Too many watches, or a folder that may not be read: what can be watched still is.
      .on('error', () => {}),
  );
  return {
    ready: watcher.then(async (opened) => {
      if (there?.length) await new Promise<void>((resolve) => opened.once('ready', resolve));
      // Only now: with a missing path among the first ones, chokidar calls itself ready before it watches anything.
      if (missing?.length) opened.add(missing);
    }),
    async close() {
      if (timer) clearTimeout(timer);
      await (await watcher).close();
    },
  };
}
