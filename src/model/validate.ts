import type { z } from 'zod';
import { removesNothing } from '../diagnostics/catalogue/model.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diagnosticsOf, faultyPaths, passKeysOn } from './schema/problems.ts';
import { type Service, service as serviceSchema } from './schema/service.ts';
import { type System, system as systemSchema } from './schema/system.ts';
import type { LocatedNode, MapNode } from './tree/node.ts';
import { positionOf } from './tree/position.ts';
import { plainValue } from './tree/value.ts';

/** What is remembered between environments: most services are the same in all of them, and are validated once. */
export interface Validation {
  services: WeakMap<LocatedNode, z.ZodSafeParseResult<Service>>;
  /** Nulls that had something to remove; see `createMerge`. */
  removed: ReadonlySet<LocatedNode>;
}

/** Maps whose members are things: an empty one is not absent, but is one (a secret), or is wrong (a backing service). */
const keptNulls: ReadonlySet<string> = new Set(['services', 'backing', 'secrets', 'outputs']);

/** A system, or what is wrong with it: in words, and as the paths of the values at fault. */
export interface Validated {
  value?: System;
  diagnostics: Diagnostic[];
  faults: string[][];
}

/** Merged tree -> the system of one environment, or every error. */
export function validate(tree: MapNode, { services: known, removed }: Validation): Validated {
  const diagnostics: Diagnostic[] = [];
  const faults: string[][] = [];
  const value = Object.create(null) as Record<string, unknown>;
  for (const [key, entry] of tree.entries) {
    if (key === 'environments' || key === 'services') continue;
    if (entry.value.kind === 'scalar' && entry.value.value === null) continue;
    const kept = keptNulls.has(key);
    value[key] = plainValue(entry.value, kept ? (node) => !removed.has(node) : undefined, key === 'variables');
  }
  const services = tree.entries.get('services')?.value;
  const parsedServices: Record<string, Service> = {};
  if (services?.kind === 'map') {
    for (const [name, { value: node }] of services.entries) {
      if (node.kind === 'scalar' && node.value === null && removed.has(node)) continue;
      const parsed = known.get(node) ?? serviceSchema.safeParse(plainValue(node), { error: passKeysOn });
      known.set(node, parsed);
      if (parsed.success) parsedServices[name] = parsed.data;
      else {
        diagnostics.push(...diagnosticsOf(parsed.error.issues, tree, ['services', name]));
        faults.push(...faultyPaths(parsed.error.issues, ['services', name]));
      }
    }
  } else if (services && !(services.kind === 'scalar' && services.value === null)) {
    value['services'] = plainValue(services);
  }
  const parsed = systemSchema.safeParse(value, { error: passKeysOn });
  if (!parsed.success) {
    diagnostics.push(...diagnosticsOf(parsed.error.issues, tree));
    faults.push(...faultyPaths(parsed.error.issues));
  }
  diagnostics.push(...emptyKeys(tree, removed));
  if (!parsed.success || faults.length > 0) return { diagnostics, faults };
  return { value: { ...parsed.data, services: parsedServices }, diagnostics, faults };
}

/** Nulls that remove nothing: a key whose value was forgotten. */
function emptyKeys(tree: MapNode, removed: ReadonlySet<LocatedNode>): Diagnostic[] {
  const found: Diagnostic[] = [];
  const isIdle = (node: LocatedNode) => node.kind === 'scalar' && node.value === null && !removed.has(node);
  const visit = (node: LocatedNode, things = false): void => {
    if (node.kind !== 'map') return;
    for (const [key, { key: span, value }] of node.entries) {
      if (value.kind === 'map') visit(value);
      else if (!things && isIdle(value)) found.push(removesNothing(key, positionOf(span)));
    }
  };
  for (const [key, { key: span, value }] of tree.entries) {
    if (key === 'environments') continue;
    if (isIdle(value)) found.push(removesNothing(key, positionOf(span)));
    else visit(value, keptNulls.has(key));
  }
  return found;
}
