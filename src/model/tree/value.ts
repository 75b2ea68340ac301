import type { LocatedNode } from './node.ts';

/** Keys below which numbers and booleans are text: `1.10` must stay `1.10` there. */
const textual = new Set(['env', 'variables', 'args', 'version']);

/**
 * The plain value of a tree, for validating. Maps have no prototype, so that no key can mean more than it says.
 * Nulls in maps are left out, but where `keepNull` says that an empty value is a value.
 * @param text whether numbers and booleans are given as they were typed
 */
export function plainValue(
  node: LocatedNode,
  keepNull: (node: LocatedNode) => boolean = () => false,
  text = false,
): unknown {
  if (node.kind === 'list') return node.items.map((item) => plainValue(item, undefined, text));
  if (node.kind === 'scalar') return text && node.written !== undefined ? node.written : node.value;
  const value: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of node.entries) {
    if (entry.value.kind === 'scalar' && entry.value.value === null && !keepNull(entry.value)) continue;
    value[key] = plainValue(entry.value, undefined, text || textual.has(key));
  }
  return value;
}
