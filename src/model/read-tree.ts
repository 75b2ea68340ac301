import { dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { missingFile } from '../diagnostics/catalogue/file.ts';
import { extendsCycle, notAMap, wrongType } from '../diagnostics/catalogue/model.ts';
import type { Diagnostic, Position } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { listFolder } from '../host/files.ts';
import { readSource } from './read-source.ts';
import { seenInWords } from './schema/describe.ts';
import type { Merge } from './tree/merge.ts';
import type { LocatedNode, MapNode, SourceText } from './tree/node.ts';
import { positionOf } from './tree/position.ts';
import { parseYaml } from './yaml/parse.ts';

/** Files that may be merged into one model: more are a mistake. */
const mostFiles = 100;

/** What reading gathers, over all files. */
export interface Reading {
  /** Absolute folder of the model. */
  root: string;
  merge: Merge;
  sources: Map<string, string>;
  watched: Set<string>;
  diagnostics: Diagnostic[];
}

/**
 * Reads a file of the model and merges it over the files that it `extends`; a list of files merges from first to last.
 * @param path absolute
 * @param from where another file names it
 * @returns undefined when this file cannot be read; the reason is in `diagnostics`
 */
export async function readTree(
  reading: Reading,
  path: string,
  from?: Position,
  above: readonly string[] = [],
): Promise<MapNode | undefined> {
  const file = relative(reading.root, path).split(sep).join(posix.sep);
  if (above.includes(path)) {
    const names = [...above.slice(above.indexOf(path)), path].map((each) => relative(reading.root, each));
    reading.diagnostics.push(extendsCycle(names, from));
    return undefined;
  }
  reading.watched.add(path);
  const read = await readSource(path, file, from);
  if ('missing' in read) {
    const folder = dirname(path);
    const near = nearest(
      file,
      (await listFolder(folder)).map((name) => relative(reading.root, join(folder, name))),
    );
    reading.diagnostics.push(missingFile(file, near, from));
    return undefined;
  }
  if ('diagnostics' in read) {
    reading.diagnostics.push(...read.diagnostics);
    return undefined;
  }
  reading.sources.set(file, read.source.text);
  const tree = await parse(reading, path, read.source);
  if (!tree) return undefined;
  const empty = tree.kind === 'scalar' && tree.value === null;
  if (tree.kind !== 'map' && !empty) {
    reading.diagnostics.push(notAMap('a model', seenInWords(tree), positionOf(tree.span)));
    return undefined;
  }
  const map: MapNode = tree.kind === 'map' ? tree : { kind: 'map', span: tree.span, entries: new Map() };
  return mergeBases(reading, path, map, [...above, path]);
}

async function parse(reading: Reading, path: string, source: SourceText): Promise<LocatedNode | undefined> {
  if (!/\.[cm]?[jt]s$/.test(path)) {
    const { value, diagnostics } = parseYaml(source);
    reading.diagnostics.push(...diagnostics);
    return value;
  }
  const { evaluateConfig } = await import('./typescript/evaluate.ts');
  const { value, diagnostics, sources, watched } = await evaluateConfig(reading.root, path, source);
  reading.diagnostics.push(...diagnostics);
  for (const [file, text] of sources) reading.sources.set(file, text);
  for (const each of watched) reading.watched.add(each);
  return value;
}

async function mergeBases(reading: Reading, path: string, map: MapNode, above: readonly string[]): Promise<MapNode> {
  const entry = map.entries.get('extends');
  if (!entry) return map;
  const written = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  let merged: LocatedNode = { kind: 'map', span: map.span, entries: new Map() };
  for (const item of written) {
    const at = positionOf(item.span);
    if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.value === '') {
      reading.diagnostics.push(wrongType('"extends"', 'the path of a file, or a list of them', seenInWords(item), at));
      continue;
    }
    if (reading.watched.size >= mostFiles) break;
    const base = isAbsolute(item.value) ? item.value : resolve(dirname(path), item.value);
    const tree = await readTree(reading, base, at, above);
    if (tree) merged = reading.merge(merged, tree);
  }
  const own: MapNode = { ...map, entries: new Map([...map.entries].filter(([key]) => key !== 'extends')) };
  return reading.merge(merged, own) as MapNode;
}
