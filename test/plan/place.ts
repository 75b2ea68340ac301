import type { LocatedNode, SourceText } from '../../src/model/tree/node.ts';
import type { Place } from '../../src/plan/place.ts';

/** Plain data as a located tree, for models that were never a file: each part is at the first character. */
export const pretendPlace = (data: unknown): Place => ({ value: nodeOf(data, { file: 'model', text: '' }) });

function nodeOf(data: unknown, source: SourceText): LocatedNode {
  const span = { source, start: 0, end: 0 };
  if (Array.isArray(data)) return { kind: 'list', span, items: data.map((item) => nodeOf(item, source)) };
  if (typeof data === 'object' && data !== null) {
    const entries = Object.entries(data).map(
      ([key, value]) => [key, { key: span, value: nodeOf(value, source) }] as const,
    );
    return { kind: 'map', span, entries: new Map(entries) };
  }
  return { kind: 'scalar', span, value: data as string | number | boolean | null, style: 'plain' };
}
