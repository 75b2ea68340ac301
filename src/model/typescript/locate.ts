import type { AnyNode, Expression } from 'acorn';
import { holdsItself, notPlain } from '../../diagnostics/catalogue/config.ts';
import { forbiddenKey, tooDeep } from '../../diagnostics/catalogue/yaml.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { Entry, LocatedNode, ScalarNode, Span } from '../tree/node.ts';
import { positionOf } from '../tree/position.ts';
import { forbiddenKeys } from '../yaml/locate.ts';
import type { Literals } from './literals.ts';
import { type Original, wordAt } from './original.ts';

/** Levels of objects and lists; as for YAML. */
const deepest = 64;

/**
 * The exported value as a located tree. A value that was not written as a literal has the place of the nearest literal
 * around it, or of the expression that made it.
 * @param whole the place of what has no other
 */
export function locateValue(
  exported: unknown,
  literals: Literals,
  original: Original,
  whole: Span,
): Result<LocatedNode> {
  const diagnostics: Diagnostic[] = [];
  const open = new Set<unknown>();

  const spanOf = (node: AnyNode | undefined, fallback: Span): Span => {
    const found = node && original.at(node.start);
    return found ? wordAt(found.source, found.offset) : fallback;
  };

  const build = (value: unknown, written: Expression | undefined, fallback: Span, path: string): LocatedNode => {
    const span = spanOf(written, fallback);
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
      return scalar(value as ScalarNode['value'], span);
    }
    const seen = notPlainWords(value);
    if (seen !== undefined) diagnostics.push(notPlain(path, seen, positionOf(span)));
    else if (open.has(value)) diagnostics.push(holdsItself(path, positionOf(span)));
    else if (open.size > deepest) diagnostics.push(tooDeep(deepest, positionOf(span)));
    else {
      open.add(value);
      const built = Array.isArray(value) ? list(value, written, span, path) : map(value as object, written, span, path);
      open.delete(value);
      return built;
    }
    return scalar(null, span);
  };

  const list = (value: unknown[], written: Expression | undefined, span: Span, path: string): LocatedNode => ({
    kind: 'list',
    span,
    items: value.map((item, index) => build(item, written && literals.item(written, index), span, `${path}[${index}]`)),
  });

  const map = (value: object, written: Expression | undefined, span: Span, path: string): LocatedNode => {
    const entries = new Map<string, Entry>();
    const members = Object.entries(value).filter(([, each]) => each !== undefined);
    const literal =
      written &&
      asLiteral(
        written,
        members.map(([key]) => key),
      );
    for (const [key, each] of members) {
      const member = literal && literals.member(literal, key);
      const keySpan = spanOf(member?.key, span);
      if (forbiddenKeys.has(key)) diagnostics.push(forbiddenKey(key, positionOf(keySpan)));
      const place = path === '' ? key : `${path}.${key}`;
      entries.set(key, { key: keySpan, value: build(each, member?.value, keySpan, place) });
    }
    return { kind: 'map', span, entries };
  };

  const asLiteral = (written: Expression, keys: readonly string[]): Expression => {
    const resolved = literals.resolve(written);
    return resolved.type === 'ObjectExpression' ? resolved : (literals.literalLike(resolved, keys) ?? resolved);
  };

  const value = build(exported, literals.root && literals.resolve(literals.root), whole, '');
  return diagnostics.length > 0 ? { diagnostics } : { value, diagnostics };
}

function scalar(value: ScalarNode['value'], span: Span): ScalarNode {
  const text = span.source.text.slice(span.start, span.end);
  const quoted = typeof value === 'string' && /^['"`]/.test(text) && text.slice(1, -1) === value;
  return { kind: 'scalar', span, value, style: quoted ? 'quoted' : 'other' };
}

/** What a value is, when it is nothing that JSON could hold. */
function notPlainWords(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`;
  if (Array.isArray(value)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null)
    return undefined;
  const name = (prototype as { constructor?: { name?: string } }).constructor?.name;
  return `an instance of ${name || 'a class'}`;
}
