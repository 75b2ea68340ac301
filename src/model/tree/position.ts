import type { Position } from '../../diagnostics/diagnostic.ts';
import type { LocatedNode, MapNode, SourceText, Span } from './node.ts';

/** Where a span begins, and how much of that line it covers. */
export function positionOf(span: Span): Position {
  const { source, start, end } = span;
  const { line, column } = placeIn(source, start);
  const starts = lineStartsOf(source);
  const lineEnd = line < starts.length ? (starts[line] ?? 0) - 1 : source.text.length;
  const length = Math.max(1, Math.min(end, Math.max(lineEnd, start)) - start);
  return { file: source.file, line, column, length };
}

/**
 * Where a part of a scalar's text stands in the file.
 * Texts with escapes or folded lines have no simple rule: the whole value is named then.
 * @param offset and @param length in UTF-16 units of the value
 */
export function positionWithin(node: LocatedNode, offset: number, length: number): Position {
  if (node.kind !== 'scalar' || node.style === 'other') return positionOf(node.span);
  const start = node.span.start + (node.style === 'quoted' ? 1 : 0) + offset;
  return positionOf({ source: node.span.source, start, end: start + length });
}

/** The value at the end of the keys, or undefined when it was not written. */
export function nodeAt(node: LocatedNode | undefined, path: readonly PropertyKey[]): LocatedNode | undefined {
  let found = node;
  for (const key of path) found = childOf(found, key);
  return found;
}

/** The value under one key or index. */
export function childOf(node: LocatedNode | undefined, key: PropertyKey): LocatedNode | undefined {
  if (node?.kind === 'map') return node.entries.get(String(key))?.value;
  return node?.kind === 'list' ? node.items[Number(key)] : undefined;
}

/** Position of the value at the end of the keys, or of the deepest one on the way that was written. */
export function nearestPosition(root: MapNode, path: readonly PropertyKey[]): Position {
  let node: LocatedNode = root;
  let span: Span = root.span;
  for (const [index, key] of path.entries()) {
    const next = childOf(node, key);
    // What is missing in a map is shown at the map's own key: the map's first character says little.
    if (!next) return positionOf(keySpan(root, path.slice(0, index)) ?? span);
    node = next;
    span = next.span;
  }
  return positionOf(span);
}

/** Position of the key at the end of the path; falls back to the nearest thing that was written. */
export function keyPosition(root: MapNode, path: readonly PropertyKey[]): Position {
  const span = keySpan(root, path);
  return span ? positionOf(span) : nearestPosition(root, path);
}

function keySpan(root: MapNode, path: readonly PropertyKey[]): Span | undefined {
  const last = path.at(-1);
  const above = nodeAt(root, path.slice(0, -1));
  if (last === undefined || above?.kind !== 'map') return undefined;
  return above.entries.get(String(last))?.key;
}

function placeIn(source: SourceText, offset: number): { line: number; column: number } {
  const starts = lineStartsOf(source);
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

function lineStartsOf(source: SourceText): number[] {
  if (source.lineStarts) return source.lineStarts;
  const starts = [0];
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) starts.push(at + 1);
  source.lineStarts = starts;
  return starts;
}
