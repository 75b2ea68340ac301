import type { Position } from '../diagnostics/diagnostic.ts';
import type { LocatedNode, ScalarNode, Span } from '../model/tree/node.ts';
import { positionOf, positionWithin } from '../model/tree/position.ts';

/** A value of the model where it was written; an entry of a located map is one. */
export interface Place {
  /** Where the key stands that names the value, for a member of a map. */
  key?: Span;
  value: LocatedNode;
}

/** The value at the end of the keys and indexes, or undefined when that was not written. */
export function placeAt(start: Place | undefined, ...keys: (string | number)[]): Place | undefined {
  let place = start;
  for (const key of keys) place = childOf(place, key);
  return place;
}

/** The value under one key of a map or at one index of a list, or undefined when that was not written. */
export function childOf(place: Place | undefined, key: string | number): Place | undefined {
  const node = place?.value;
  if (node?.kind === 'map') return node.entries.get(typeof key === 'string' ? key : String(key));
  if (node?.kind !== 'list') return undefined;
  const item = node.items[Number(key)];
  return item && { value: item };
}

/** Where the name of a value stands: its key in a map, otherwise the value itself. */
export const keyPosition = (place: Place | undefined): Position | undefined =>
  place && positionOf(place.key ?? place.value.span);

/** Where a value stands. */
export const valuePosition = (place: Place | undefined): Position | undefined => place && positionOf(place.value.span);

/** Where a part of a text stands, by its offset and length in UTF-16 units. */
export function partPosition(place: Place | undefined, offset: number, length: number): Position | undefined {
  if (place?.value.kind !== 'scalar') return valuePosition(place);
  const node: ScalarNode = place.value;
  if (node.style !== 'other') return positionWithin(node, offset, length);
  const { source, start, end } = node.span;
  // Escapes and folded lines move what comes after them, but the n-th reference of the value is the n-th in the file.
  const before = String(node.value).slice(0, offset).split('${').length - 1;
  let from = source.text.indexOf('${', start);
  for (let skipped = 0; skipped < before && from >= 0; skipped += 1) from = source.text.indexOf('${', from + 2);
  if (from < 0 || from >= end) return positionOf(node.span);
  return positionOf({ source, start: from, end: Math.min(from + length, end) });
}
