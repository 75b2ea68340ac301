import { extendsCycle, unknownBase } from '../diagnostics/catalogue/model.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Merge } from './tree/merge.ts';
import type { Entry, LocatedNode, MapNode } from './tree/node.ts';
import { childOf, positionOf } from './tree/position.ts';

/** The environment that every system has: this machine. */
export const localEnvironment = 'local';

/** Names of the environments in the order of the model; `local` is put first when it is not written. */
export function environmentNames(tree: MapNode): string[] {
  const written = childOf(tree, 'environments');
  const names = written?.kind === 'map' ? [...written.entries.keys()] : [];
  return names.includes(localEnvironment) ? names : [localEnvironment, ...names];
}

/**
 * What one environment sees: its own words over the top level, then each service over the one that it extends and over
 * the defaults. The keys that say how to merge are gone from services, and `defaults` from the top.
 */
export function mergeEnvironment(
  tree: MapNode,
  environment: string,
  merge: Merge,
): { merged: MapNode; diagnostics: Diagnostic[] } {
  const over = childOf(childOf(tree, 'environments'), environment);
  const whole = over?.kind === 'map' ? (merge(tree, over) as MapNode) : tree;
  const diagnostics: Diagnostic[] = [];
  const services = childOf(whole, 'services');
  const defaults = childOf(whole, 'defaults');
  const entries = new Map(whole.entries);
  for (const key of whole.entries.keys()) if (key === 'defaults' || key.startsWith('x-')) entries.delete(key);
  const servicesEntry = whole.entries.get('services');
  if (services?.kind === 'map' && servicesEntry) {
    const value = mergeServices(services, defaults, merge, diagnostics);
    entries.set('services', { key: servicesEntry.key, value });
  }
  return { merged: { ...whole, entries }, diagnostics };
}

function mergeServices(
  services: MapNode,
  defaults: LocatedNode | undefined,
  merge: Merge,
  diagnostics: Diagnostic[],
): MapNode {
  const extended = new Map<string, LocatedNode>();
  const open: string[] = [];
  /** The service over those that it extends. */
  const extend = (name: string, node: LocatedNode): LocatedNode => {
    const known = extended.get(name);
    if (known) return known;
    const base = childOf(node, 'extends');
    if (node.kind !== 'map' || base?.kind !== 'scalar' || typeof base.value !== 'string') {
      extended.set(name, node);
      return node;
    }
    let result: LocatedNode = { ...node, entries: new Map([...node.entries].filter(([key]) => key !== 'extends')) };
    const found = services.entries.get(base.value)?.value;
    open.push(name);
    if (!found) {
      const names = [...services.entries.keys()].filter((each) => each !== name);
      diagnostics.push(unknownBase(base.value, names, nearest(base.value, names), positionOf(base.span)));
    } else if (open.includes(base.value)) {
      diagnostics.push(extendsCycle([...open.slice(open.indexOf(base.value)), base.value], positionOf(base.span)));
    } else {
      result = merge(extend(base.value, found), result);
    }
    open.pop();
    extended.set(name, result);
    return result;
  };
  const entries = new Map<string, Entry>();
  for (const [name, { key, value }] of services.entries) {
    const own = extend(name, value);
    entries.set(name, { key, value: defaults?.kind === 'map' && own.kind === 'map' ? merge(defaults, own) : own });
  }
  return { ...services, entries };
}
