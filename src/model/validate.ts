import type { z } from 'zod';
import { removesNothing } from '../diagnostics/catalogue/model.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { diagnosticsOf, passKeysOn } from './schema/problems.ts';
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

/** Merged tree -> the system of one environment, or every error. */
export function validate(tree: MapNode, { services: known, removed }: Validation): Result<System> {
  const diagnostics: Diagnostic[] = [];
  const value = Object.create(null) as Record<string, unknown>;
  for (const [key, entry] of tree.entries) {
    if (key === 'environments' || key === 'services') continue;
    if (entry.value.kind === 'scalar' && entry.value.value === null) continue;
    // A secret or a target needs no further word: what is empty there is not absent.
    const kept = key === 'secrets' || key === 'outputs';
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
      else diagnostics.push(...diagnosticsOf(parsed.error.issues, tree, ['services', name]));
    }
  } else if (services && !(services.kind === 'scalar' && services.value === null)) {
    value['services'] = plainValue(services);
  }
  const parsed = systemSchema.safeParse(value, { error: passKeysOn });
  if (!parsed.success) diagnostics.push(...diagnosticsOf(parsed.error.issues, tree));
  diagnostics.push(...emptyKeys(tree, removed));
  if (!parsed.success || diagnostics.some(({ severity }) => severity === 'error')) return { diagnostics };
  return { value: { ...parsed.data, services: parsedServices }, diagnostics };
}

/** Nulls that remove nothing: a key whose value was forgotten. */
function emptyKeys(tree: MapNode, removed: ReadonlySet<LocatedNode>): Diagnostic[] {
  const found: Diagnostic[] = [];
  const visit = (node: LocatedNode): void => {
    if (node.kind !== 'map') return;
    for (const [key, { key: span, value }] of node.entries) {
      if (value.kind === 'scalar' && value.value === null && !removed.has(value))
        found.push(removesNothing(key, positionOf(span)));
      else if (value.kind === 'map') visit(value);
    }
  };
  for (const [key, { key: span, value }] of tree.entries) {
    if (['environments', 'secrets', 'outputs'].includes(key)) continue;
    if (value.kind === 'scalar' && value.value === null && !removed.has(value))
      found.push(removesNothing(key, positionOf(span)));
    else visit(value);
  }
  return found;
}
