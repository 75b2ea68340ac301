import { type Document, isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';
import {
  aliasCycle,
  badMergeKey,
  duplicateKey,
  forbiddenKey,
  keyNotText,
  tooManyValues,
  unknownAlias,
} from '../../diagnostics/catalogue/yaml.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { nearest } from '../../diagnostics/nearest.ts';
import type { Entry, LocatedNode, MapNode, ScalarNode, SourceText, Span } from '../tree/node.ts';
import { positionOf } from '../tree/position.ts';

/** Values that aliases may come to when written out. */
const mostValues = 1_000_000;

/** Names that reach into JavaScript's own objects. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** A parsed document as a located tree: aliases shared, merge keys (`<<`) merged, keys checked. */
export function locate(document: Document.Parsed, source: SourceText): Result<LocatedNode> {
  const diagnostics: Diagnostic[] = [];
  const anchors = new Map<string, LocatedNode | 'open'>();
  const sizes = new WeakMap<LocatedNode, number>();
  let total = 0;

  const span = (node: { range?: readonly number[] | null }): Span => {
    const [start = 0, end = start] = node.range ?? [];
    return { source, start, end };
  };
  const at = (node: ParsedNode) => positionOf(span(node));
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const empty = (where: Span): ScalarNode => ({ kind: 'scalar', span: where, value: null, style: 'plain' });

  const grow = (by: number, where: Span): boolean => {
    const before = total;
    total += by;
    if (before <= mostValues && total > mostValues) report(tooManyValues(mostValues, positionOf(where)));
    return total <= mostValues;
  };

  const build = (node: ParsedNode | null, fallback: Span): LocatedNode => {
    if (!node) return empty(fallback);
    if (isAlias(node)) return buildAlias(node);
    const { anchor } = node;
    if (anchor !== undefined) anchors.set(anchor, 'open');
    const before = total;
    const built = buildOwn(node);
    sizes.set(built, total - before + 1);
    if (anchor !== undefined) anchors.set(anchor, built);
    return built;
  };

  const buildAlias = (node: ParsedNode & { source: string }): LocatedNode => {
    const target = anchors.get(node.source);
    if (target === 'open') report(aliasCycle(node.source, at(node)));
    else if (!target) report(unknownAlias(node.source, nearest(node.source, anchors.keys()), at(node)));
    else if (grow(sizes.get(target) ?? 1, span(node))) return target;
    return empty(span(node));
  };

  const buildOwn = (node: ParsedNode): LocatedNode => {
    if (isMap(node)) return buildMap(node);
    if (isSeq(node)) {
      const items = node.items.map((item) => {
        total += 1;
        return build(item as ParsedNode, span(node));
      });
      return { kind: 'list', span: span(node), items };
    }
    return scalarOf(node as Scalar.Parsed, span(node));
  };

  const buildMap = (node: Extract<ParsedNode, { items: { key: unknown }[] }>): MapNode => {
    const entries = new Map<string, Entry>();
    const merged: MapNode[] = [];
    for (const pair of node.items as { key: ParsedNode; value: ParsedNode | null }[]) {
      if (!isScalar(pair.key)) {
        report(keyNotText(pair.key ? at(pair.key) : at(node)));
        continue;
      }
      const key = String(pair.key.value ?? '');
      const keySpan = span(pair.key);
      total += 1;
      const value = build(pair.value, { source, start: keySpan.end, end: keySpan.end });
      const first = entries.get(key);
      if (key === '<<' && pair.key.type === 'PLAIN') merged.push(...mergeSources(value));
      else if (forbiddenKeys.has(key)) report(forbiddenKey(key, positionOf(keySpan)));
      else if (first) report(duplicateKey(key, positionOf(keySpan), positionOf(first.key)));
      else entries.set(key, { key: keySpan, value });
    }
    for (const from of merged) {
      if (!grow(from.entries.size, span(node))) break;
      for (const [key, entry] of from.entries) if (!entries.has(key)) entries.set(key, entry);
    }
    return { kind: 'map', span: span(node), entries };
  };

  const mergeSources = (value: LocatedNode): MapNode[] => {
    const all = value.kind === 'list' ? value.items : [value];
    const maps = all.filter((each) => each.kind === 'map');
    if (maps.length < all.length && diagnostics.length === 0) report(badMergeKey(positionOf(value.span)));
    return maps;
  };

  const value = build(document.contents as ParsedNode | null, { source, start: 0, end: 0 });
  return diagnostics.length > 0 ? { diagnostics } : { value, diagnostics };
}

function scalarOf(node: Scalar.Parsed, span: Span): ScalarNode {
  const text = span.source.text.slice(span.start, span.end);
  const value = node.value as ScalarNode['value'];
  if (typeof value !== 'string') {
    const scalar: ScalarNode = { kind: 'scalar', span, value, style: 'plain' };
    return value !== null && String(value) !== text ? { ...scalar, written: text } : scalar;
  }
  if (text === value) return { kind: 'scalar', span, value, style: 'plain' };
  return { kind: 'scalar', span, value, style: text.slice(1, -1) === value ? 'quoted' : 'other' };
}
