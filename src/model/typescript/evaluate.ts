import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { parse } from 'acorn';
import { configHangs, configThrew, noDefaultExport } from '../../diagnostics/catalogue/config.ts';
import type { Diagnostic, Position } from '../../diagnostics/diagnostic.ts';
import { importCode } from '../../host/import-code.ts';
import { withOutputAside } from '../../host/standard-output.ts';
import type { LocatedNode, SourceText } from '../tree/node.ts';
import { positionOf } from '../tree/position.ts';
import { bundleConfig } from './bundle.ts';
import { findLiterals } from './literals.ts';
import { locateValue } from './locate.ts';
import { createOriginal, type Original } from './original.ts';

/** Milliseconds that a configuration may wait for its own promises. */
const patience = 30_000;

/** What a configuration gave. */
export interface Evaluated {
  value?: LocatedNode;
  diagnostics: Diagnostic[];
  /** Texts of its files, by name relative to the root. */
  sources: Map<string, string>;
  /** Absolute paths of its files. */
  watched: string[];
}

/**
 * Runs a gantry.config.ts and finds for each value where it was written.
 * @param root absolute folder of the model @param source of the configuration itself
 */
export async function evaluateConfig(root: string, path: string, source: SourceText): Promise<Evaluated> {
  const sources = new Map([[source.file, source.text]]);
  const bundle = await bundleConfig(root, path);
  if (Array.isArray(bundle)) return { diagnostics: bundle, sources, watched: [path] };
  const fileOf = (file: string) => relative(root, resolve(root, file)).split(sep).join(posix.sep);
  const users = new Set(bundle.files);
  const original = createOriginal(bundle.code, bundle.map, (file) =>
    users.has(resolve(root, file)) ? fileOf(file) : undefined,
  );
  const watched = bundle.files;
  const failed = (diagnostic: Diagnostic): Evaluated => ({ diagnostics: [diagnostic], sources, watched });
  const top: Position = { file: source.file, line: 1, column: 1 };

  const imported = await withOutputAside(() => importCode(bundle.code, patience));
  if ('late' in imported) return failed(configHangs(patience / 1000, top));
  if ('thrown' in imported) return failed(configThrew(...thrownWords(imported.thrown, imported.url, original, top)));
  if (!('default' in imported.exports)) return failed(noDefaultExport(top));
  let exported: unknown;
  try {
    exported = await imported.exports['default'];
  } catch (thrown) {
    return failed(configThrew(...thrownWords(thrown, imported.url, original, top)));
  }
  const program = parse(bundle.code, { ecmaVersion: 'latest', sourceType: 'module' });
  const located = locateValue(exported, findLiterals(program), original, { source, start: 0, end: 1 });
  for (const file of bundle.files) {
    const name = fileOf(file);
    const text = original.textOf(name);
    if (text !== undefined && !isAbsolute(name)) sources.set(name, text);
  }
  return { ...located, sources, watched };
}

/** The message of what was thrown, and the innermost line of the user's on its stack. */
function thrownWords(thrown: unknown, url: string, original: Original, top: Position): [string, Position] {
  if (!(thrown instanceof Error)) return [String(thrown).slice(0, 500), top];
  // Some tools that hook into stack traces write the path without the scheme.
  const path = new URL(url).pathname;
  for (const frame of (thrown.stack ?? '').split('\n')) {
    const start = frame.indexOf(path);
    const place = start === -1 ? null : /^:(\d+):(\d+)/.exec(frame.slice(start + path.length));
    const span = place && original.atLine(Number(place[1]), Number(place[2]));
    if (span) return [thrown.message.slice(0, 500), positionOf(span)];
  }
  return [thrown.message.slice(0, 500), top];
}
