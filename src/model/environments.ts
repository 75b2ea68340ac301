import { extendsCycle, unknownBase, unknownMember } from '../diagnostics/catalogue/model.ts';
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
 * @returns `without` names what could not be merged and is left out
 */
export function mergeEnvironment(
  tree: MapNode,
  environment: string,
  merge: Merge,
): { merged: MapNode; diagnostics: Diagnostic[]; without: Set<string> } {
  const over = childOf(childOf(tree, 'environments'), environment);
  const whole = over?.kind === 'map' ? (merge(tree, over) as MapNode) : tree;
  const diagnostics: Diagnostic[] = [];
  const without = new Set<string>();
  const services = childOf(whole, 'services');
  const defaults = childOf(whole, 'defaults');
  const entries = new Map(whole.entries);
  for (const key of whole.entries.keys()) if (key === 'defaults' || key.startsWith('x-')) entries.delete(key);
  const servicesEntry = whole.entries.get('services');
  if (services?.kind === 'map' && servicesEntry) {
    const value = mergeServices(services, defaults, merge, diagnostics, without);
    entries.set('services', { key: servicesEntry.key, value });
  }
  for (const member of members) {
    const area = entries.get(member.area);
    const known = namesIn(tree, member.area);
    if (area?.value.kind !== 'map') continue;
    const kept = new Map(area.value.entries);
    for (const name of namesIn(over, member.area)) {
      const entry = kept.get(name);
      if (known.includes(name) || entry?.value.kind !== 'map') continue;
      const near = member.needs.some((key) => childOf(entry.value, key)) ? undefined : nearest(name, known);
      if (near === undefined) continue;
      const needs = member.needs.join(' or ');
      diagnostics.push(unknownMember(member.kind, name, environment, needs, known, near, positionOf(entry.key)));
      kept.delete(name);
      without.add(name);
    }
    if (kept.size < area.value.entries.size)
      entries.set(member.area, { ...area, value: { ...area.value, entries: kept } });
  }
  return { merged: { ...whole, entries }, diagnostics, without };
}

/** What an environment can add of its own, and what that must have: without it, and with a name much like another's, it is a slip. */
const members = [
  { area: 'services', kind: 'service', needs: ['source', 'image'] },
  { area: 'backing', kind: 'backing service', needs: ['type'] },
];

function namesIn(tree: LocatedNode | undefined, area: string): string[] {
  const found = childOf(tree, area);
  return found?.kind === 'map' ? [...found.entries.keys()] : [];
}

function mergeServices(
  services: MapNode,
  defaults: LocatedNode | undefined,
  merge: Merge,
  diagnostics: Diagnostic[],
  without: Set<string>,
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
      without.add(name);
    } else if (open.includes(base.value)) {
      diagnostics.push(extendsCycle([...open.slice(open.indexOf(base.value)), base.value], positionOf(base.span)));
      for (const each of open) without.add(each);
    } else {
      result = merge(extend(base.value, found), result);
      if (without.has(base.value)) without.add(name);
    }
    open.pop();
    extended.set(name, result);
    return result;
  };
  const entries = new Map<string, Entry>();
  for (const [name, { key, value }] of services.entries) {
    const own = extend(name, value);
    if (without.has(name)) continue;
    entries.set(name, { key, value: defaults?.kind === 'map' && own.kind === 'map' ? merge(defaults, own) : own });
  }
  return { ...services, entries };
}
