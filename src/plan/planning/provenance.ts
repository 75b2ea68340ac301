import { childOf, type Place, placeAt } from '../place.ts';
import type { Connection, Plan } from '../plan.ts';
import type { PlanContext } from './context.ts';

/** The provenance of the whole plan: what the steps marked, and what only the whole tells. */
export function collectOrigins(context: PlanContext, plan: Plan): Plan['origins'] {
  const { origins, root } = context;
  const services = childOf(root, 'services');
  const backing = childOf(root, 'backing');
  origins.mark(plan, root, {
    environment: placeAt(root, 'environments', plan.environment) ?? childOf(root, 'system'),
    namespace: childOf(root, 'namespace') ?? childOf(root, 'system'),
    namespaces: childOf(root, 'namespaces') ?? childOf(root, 'namespace') ?? childOf(root, 'system'),
    workloads: services,
    connections: services,
    startOrder: services,
  });
  const places = namespacePlaces(context, plan);
  origins.mark(plan.namespaces, childOf(root, 'namespaces') ?? childOf(root, 'namespace') ?? childOf(root, 'system'), {
    ...indexed(plan.namespaces, (name) => places.get(name)),
  });
  for (const each of plan.connections) markConnection(context, services, each);
  for (const wave of plan.startOrder) {
    const place = (name: string) =>
      childOf(services, name) ?? childOf(backing, name) ?? ownedPlace(services, plan, name);
    origins.mark(wave, services, indexed(wave, place));
  }
  return origins.collect(plan);
}

/** A connection comes from the variable, file or list entry that says it. */
function markConnection({ origins }: PlanContext, services: Place | undefined, connection: Connection): void {
  const service = childOf(services, connection.from);
  const [variable] = connection.variables;
  const [file] = connection.files ?? [];
  const carrier =
    variable !== undefined
      ? placeAt(service, 'env', variable)
      : file !== undefined
        ? placeAt(service, 'files', file, 'content')
        : childOf(service, 'external');
  origins.mark(connection, carrier ?? service);
}

/** Where each namespace was asked for: in the list of reserved ones, else by the first service or backing service in it. */
function namespacePlaces({ root, system }: PlanContext, plan: Plan): Map<string, Place | undefined> {
  const places = new Map<string, Place | undefined>();
  const add = (name: string, place: Place | undefined) => {
    if (!places.has(name)) places.set(name, place);
  };
  for (const [index, name] of system.namespaces.entries()) add(name, placeAt(root, 'namespaces', index));
  for (const each of Object.values(plan.workloads))
    add(each.namespace, placeAt(root, 'services', each.name, 'namespace'));
  for (const each of Object.values(plan.backing)) add(each.namespace, placeAt(root, 'backing', each.name, 'namespace'));
  return places;
}

function ownedPlace(services: Place | undefined, plan: Plan, key: string): Place | undefined {
  const { owner, alias } = plan.backing[key] ?? {};
  return owner === undefined || alias === undefined ? undefined : placeAt(services, owner, 'owns', alias);
}

const indexed = (
  names: readonly string[],
  place: (name: string) => Place | undefined,
): Record<string, Place | undefined> => Object.fromEntries(names.map((name, index) => [String(index), place(name)]));
