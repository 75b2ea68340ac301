import { unknownKey, wrongType } from '../../diagnostics/catalogue/model.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { seenInWords } from '../schema/describe.ts';
import { environmentKeys } from '../schema/system.ts';
import type { LocatedNode, MapNode } from '../tree/node.ts';
import { childOf, positionOf } from '../tree/position.ts';

/** What merging takes apart must be maps; merging itself would pass over anything else, and the values are never validated. */
export function checkShapes(tree: MapNode): Diagnostic[] {
  const found: Diagnostic[] = [];
  const environments = childOf(tree, 'environments');
  requireMap(found, environments, '"environments"');
  requireMap(found, childOf(tree, 'defaults'), '"defaults"');
  if (environments?.kind !== 'map') return found;
  for (const [name, { value }] of environments.entries) {
    const what = `the environment "${name}"`;
    requireMap(found, value, what);
    requireMap(found, childOf(value, 'defaults'), `"defaults" of ${what}`);
    if (value.kind !== 'map') continue;
    for (const key of ['environments', 'extends']) {
      const entry = value.entries.get(key);
      if (entry) found.push(unknownKey(key, what, environmentKeys, undefined, positionOf(entry.key)));
    }
  }
  return found;
}

/** An empty value is an empty map. */
function requireMap(found: Diagnostic[], node: LocatedNode | undefined, what: string): void {
  if (!node || node.kind === 'map' || (node.kind === 'scalar' && node.value === null)) return;
  found.push(wrongType(what, 'a map', seenInWords(node), positionOf(node.span)));
}
