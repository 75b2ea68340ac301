import type { Entry, LocatedNode, MapNode } from './node.ts';

/** Merges, remembering what it merged: the same two trees give the same result, which keeps later checks from repeating. */
export type Merge = (base: LocatedNode, over: LocatedNode) => LocatedNode;

/**
 * The rule of merging, the same for environments, `extends` and `defaults`: maps merge key by key, lists and scalars
 * replace, `null` removes. A `null` stays in the result, for there may be more below it to remove; `dropNulls` ends that.
 * Trees are never changed; what one side alone says is shared with the result.
 * @param removed collects each null that had something to remove
 */
export function createMerge(removed: Set<LocatedNode>): Merge {
  const known = new WeakMap<LocatedNode, WeakMap<LocatedNode, LocatedNode>>();
  const merge: Merge = (base, over) => {
    if (over.kind === 'scalar' && over.value === null) removed.add(over);
    if (base.kind !== 'map' || over.kind !== 'map' || over.entries.size === 0) {
      return base.kind === 'map' && over.kind === 'map' ? base : over;
    }
    if (base.entries.size === 0) return over;
    const memory = known.get(base) ?? new WeakMap<LocatedNode, LocatedNode>();
    known.set(base, memory);
    const remembered = memory.get(over);
    if (remembered) return remembered;
    const entries = new Map<string, Entry>(base.entries);
    for (const [key, entry] of over.entries) {
      const below = base.entries.get(key);
      entries.set(key, below ? { key: entry.key, value: merge(below.value, entry.value) } : entry);
    }
    const merged: MapNode = { kind: 'map', span: over.span, entries };
    memory.set(over, merged);
    return merged;
  };
  return merge;
}
