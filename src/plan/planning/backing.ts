import type { BackingDefinition } from '../../backing/backing.ts';
import { backingDefinitions } from '../../backing/definitions.ts';
import type { Backing } from '../../model/schema/backing.ts';
import { compact, copyOf } from '../freeze.ts';
import { childOf, type Place } from '../place.ts';
import type { BackingService, Value } from '../plan.ts';
import { everythingHandled, type PlanContext, resolveValue } from './context.ts';

/** A backing service and where it stands in the model: shared, or under the `owns` of one service. */
export interface BackingEntry {
  key: string;
  backing: Backing;
  definition: BackingDefinition;
  place: Place | undefined;
  namespace: string;
  owner?: string;
  alias?: string;
}

/** What a type says of itself; the model's schema admits no type that has no definition. */
export const definitionOf = (type: string): BackingDefinition => {
  const definitions: Record<string, BackingDefinition> = backingDefinitions;
  const definition = Object.hasOwn(definitions, type) ? definitions[type] : undefined;
  if (!definition) throw new Error(`the model let the backing type ${type} pass, which has no definition`);
  return definition;
};

/** Whether somebody of ours starts it: what is external, or a cloud's offer, is there or is made by other means. */
export const isStartedHere = (backing: Pick<Backing, 'from'>): boolean =>
  backing.from === 'managed' || backing.from === 'adopted';

/** Attributes that a reference can say of an external service; undefined for others, whose runtime knows them all. */
export function givenAttributes({ from, attributes }: Backing, definition: BackingDefinition): Set<string> | undefined {
  if (from !== 'external') return undefined;
  return new Set([...Object.keys(attributes), ...(definition.mainPort === undefined ? [] : ['port'])]);
}

/** One backing service as the plan has it. */
export function planBacking(context: PlanContext, entry: BackingEntry): BackingService {
  const { key, backing, definition, place, owner, alias } = entry;
  const { type, version, from, storage, resources, instances, init, manifests, expose, backup, ...more } = backing;
  const { attributes: given, settings, namespace: _filledBefore, ...rest } = more;
  everythingHandled(rest);
  const attributes: Record<string, Value> = {};
  // What is external listens where its type usually does, unless told otherwise.
  const usual = definition.mainPort === undefined ? undefined : definition.ports[definition.mainPort]?.port;
  if (from === 'external' && usual !== undefined) attributes['port'] = [String(usual)];
  for (const [name, text] of Object.entries(given)) {
    const site = { allow: 'secret' as const, place: `an attribute of the backing service ${key}`, service: owner };
    attributes[name] = resolveValue(context, text, childOf(place, name), site);
  }
  const ports = Object.fromEntries(Object.entries(definition.ports).map(([name, port]) => [name, { ...port }]));
  const planned: BackingService = compact({
    name: key,
    type,
    version: version ?? definition.defaultVersion,
    namespace: entry.namespace,
    owner,
    alias,
    from,
    ports,
    attributes,
    settings: from === 'external' ? { ...settings } : { ...defaultSettings(definition), ...settings },
    instances: instances ?? 1,
    storage,
    resources: copyOf(resources),
    exposed: expose,
    init,
    manifests,
    backup: backup && compact({ ...backup }),
  });
  context.origins.mark(planned, place, {
    exposed: childOf(place, 'expose'),
    // Ports come from the type, which the model names.
    ports: childOf(place, 'type'),
    from: childOf(place, 'from') ?? childOf(place, 'manifests'),
  });
  context.origins.mark(attributes, place);
  context.origins.mark(planned.settings, place);
  return planned;
}

function defaultSettings(definition: BackingDefinition): Record<string, string | number | boolean> {
  const values: Record<string, string | number | boolean> = {};
  for (const [name, setting] of Object.entries(definition.settings)) {
    if (setting.default !== undefined) values[name] = setting.default;
  }
  return values;
}
