import { nearest } from '../diagnostics/nearest.ts';
import { serviceKeys } from './schema/service.ts';
import type { System } from './schema/system.ts';
import type { Entry, LocatedNode, MapNode, Span } from './tree/node.ts';
import { childOf } from './tree/position.ts';
import { type Validation, validate } from './validate.ts';

/**
 * What is not known of a model with mistakes, because the parts that are wrong were left out. Whoever checks the rest says
 * nothing about these: a mistake that only follows from another would send its reader the wrong way.
 */
export interface Unsure {
  /** Names that a part left out may declare. */
  names: ReadonlySet<string>;
  /** Services and backing services whose ports or attributes may be others than are seen. */
  attributes: ReadonlySet<string>;
  /** Services and backing services as they were written, with those left out: what a name can have been meant to be. */
  members: readonly string[];
}

/** What is left of a model when its mistakes are left out: enough to check the references of the rest. */
export interface Salvage {
  system: System;
  located: MapNode;
  unsure: Unsure;
}

/** Leaving one value out can make the map around it wrong, and so on upwards: no value lies deeper than this. */
const mostRounds = 12;

/**
 * Leaves out each value that is wrong, and what cannot be without it, until the rest is valid.
 * @param gone names of what is left out already
 * @returns undefined when nothing useful is left
 */
export function salvage(tree: MapNode, validation: Validation, gone: ReadonlySet<string>): Salvage | undefined {
  const names = new Set(gone);
  const attributes = new Set<string>();
  let rest: LocatedNode | undefined = tree;
  for (let round = 0; round < mostRounds && rest?.kind === 'map'; round += 1) {
    const located = standIns(rest);
    const { value: system, faults } = validate(located, validation);
    if (system) return { system, located, unsure: { names, attributes, members: membersOf(tree) } };
    for (const path of faults) noteAttributes(path, attributes);
    rest = without(located, faults, names);
  }
  return undefined;
}

const membersOf = (tree: MapNode): string[] =>
  ['services', 'backing'].flatMap((area) => {
    const found = childOf(tree, area);
    return found?.kind === 'map' ? [...found.entries.keys()] : [];
  });

/** The tree without the values at the paths; a map that lacks a key it must have goes as a whole. */
function without(
  node: LocatedNode,
  paths: readonly (readonly string[])[],
  names: Set<string>,
): LocatedNode | undefined {
  if (node.kind === 'scalar' || paths.some((path) => path.length === 0)) {
    collectNames(node, names);
    return undefined;
  }
  const below = new Map<string, string[][]>();
  for (const [key = '', ...rest] of paths) below.set(key, [...(below.get(key) ?? []), rest]);
  if (node.kind === 'list') {
    const items = node.items.flatMap((item, index) => {
      const inside = below.get(String(index));
      return inside ? (without(item, inside, names) ?? []) : item;
    });
    return { ...node, items };
  }
  const entries = new Map<string, Entry>(node.entries);
  for (const [key, inside] of below) {
    const entry = entries.get(key);
    if (!entry) {
      collectNames(node, names);
      return undefined;
    }
    const value = without(entry.value, inside, names);
    if (value) entries.set(key, { ...entry, value });
    else {
      entries.delete(key);
      names.add(key);
    }
    // Routes of a list are numbered where they have no name: with one gone, none is sure.
    if (key === 'routes') names.add(key);
  }
  return { ...node, entries };
}

/** Every key, and every text of a list: a name, however it was meant to be declared. */
function collectNames(node: LocatedNode, names: Set<string>, inList = false): void {
  if (node.kind === 'scalar') {
    if (inList && typeof node.value === 'string') names.add(node.value);
  } else if (node.kind === 'list') for (const item of node.items) collectNames(item, names, true);
  else {
    for (const [key, { value }] of node.entries) {
      names.add(key);
      collectNames(value, names, inList);
    }
  }
}

/** A system has a name, and a service something to run; what they are matters to no reference. */
function standIns(tree: MapNode): MapNode {
  const entries = new Map(tree.entries);
  if (!entries.has('system')) entries.set('system', standIn(tree.span));
  const services = entries.get('services');
  if (services?.value.kind === 'map') {
    const completed = new Map(services.value.entries);
    for (const [name, entry] of completed) {
      const { value } = entry;
      if (value.kind !== 'map' || childOf(value, 'source') || childOf(value, 'image')) continue;
      const own = new Map([...value.entries, ['image', standIn(value.span)] as const]);
      completed.set(name, { ...entry, value: { ...value, entries: own } });
    }
    entries.set('services', { ...services, value: { ...services.value, entries: completed } });
  }
  return { ...tree, entries };
}

const standIn = (span: Span): Entry => ({
  key: span,
  value: { kind: 'scalar', span, value: 'unnamed', style: 'other' },
});

/** Keys of a service that say what can be referred to. */
const telling: ReadonlySet<string> = new Set(['port', 'ports', 'owns', 'extends']);

function noteAttributes([area, name, key, ...rest]: readonly string[], attributes: Set<string>): void {
  if (name === undefined) return;
  if (area === 'backing') attributes.add(name);
  if (area !== 'services' || key === undefined) return;
  const keys = Object.keys(serviceKeys);
  const meant = keys.includes(key) ? key : nearest(key, keys);
  if (meant === undefined || telling.has(meant)) attributes.add(name);
  if (meant === 'owns' && rest[0] !== undefined) attributes.add(rest[0]);
}
