import { ownedNameTaken } from '../../diagnostics/catalogue/plan.ts';
import { ambiguousName, reservedName } from '../../diagnostics/catalogue/reference.ts';
import type { System } from '../../model/schema/system.ts';
import { childOf, keyPosition, type Place, placeAt } from '../place.ts';
import { type BackingName, fixedWords, mainPortOf, type Names, type ServiceName } from '../references/scope.ts';
import type { Unsure } from '../unsure.ts';
import { type BackingEntry, definitionOf, givenAttributes } from './backing.ts';
import type { PlanContext } from './context.ts';
import { fillNamespace } from './namespaces.ts';

/** The tables behind `Names`, while they are filled. */
interface OpenNames extends Names {
  services: Map<string, ServiceName>;
  backing: Map<string, BackingName>;
  owners: Map<string, string[]>;
}

/** Names that need nothing planned; services and backing services follow by `nameEverything`. */
export const emptyNames = (system: System, environment: string, unsure: Unsure): OpenNames => ({
  system: system.system,
  environment,
  services: new Map(),
  backing: new Map(),
  owners: new Map(),
  secrets: new Set(Object.keys(system.secrets)),
  routes: new Set(Object.keys(system.routes)),
  variables: new Map(Object.entries(system.variables)),
  unsure,
});

/**
 * Names every service and backing service and settles their namespaces. An owned backing service lives with its owner and
 * is called `<owner>-<name>`. Names with two meanings are reported.
 * @param shared namespace of whatever does not say otherwise
 * @returns the backing services to plan, shared ones first
 */
export function nameEverything(context: PlanContext, names: OpenNames, shared: string): BackingEntry[] {
  const { system, root } = context;
  const services = childOf(root, 'services');
  const backing = childOf(root, 'backing');
  const namespaceOf = (name: string, written: string | undefined, place: Place | undefined): string => {
    const template = written ?? system.namespace;
    if (template === undefined) return shared;
    return fillNamespace(
      context,
      template,
      name,
      written === undefined ? childOf(root, 'namespace') : childOf(place, 'namespace'),
    );
  };
  const entries: BackingEntry[] = [];
  for (const [name, each] of Object.entries(system.backing)) {
    const place = childOf(backing, name);
    const definition = definitionOf(each.type);
    checkFixed(context, name, place);
    names.backing.set(name, { key: name, definition, given: givenAttributes(each, definition), place });
    entries.push({ key: name, backing: each, definition, place, namespace: namespaceOf(name, each.namespace, place) });
  }
  for (const [name, each] of Object.entries(system.services)) {
    const place = childOf(services, name);
    checkFixed(context, name, place);
    const shared = names.backing.get(name);
    if (shared) {
      const report = ambiguousName(
        name,
        'a service',
        'a backing service',
        keyPosition(shared.place),
        keyPosition(place),
      );
      context.report(report);
    }
    const namespace = namespaceOf(name, each.namespace, place);
    const owned = new Map<string, BackingName>();
    names.services.set(name, { namespace, ports: each.ports, mainPort: mainPortOf(each.ports), owned, place });
    for (const [alias, own] of Object.entries(each.owns)) {
      const where = placeAt(place, 'owns', alias);
      const definition = definitionOf(own.type);
      const key = `${name}-${alias}`;
      checkFixed(context, alias, where);
      owned.set(alias, { key, definition, given: givenAttributes(own, definition), place: where });
      names.owners.set(alias, [...(names.owners.get(alias) ?? []), name]);
      // Written out, a namespace of its own is kept; otherwise it lives with its owner.
      const lives = own.namespace === undefined ? namespace : namespaceOf(alias, own.namespace, where);
      entries.push({ key, backing: own, definition, place: where, namespace: lives, owner: name, alias });
    }
  }
  checkOwnedKeys(context, entries);
  return entries;
}

function checkFixed(context: PlanContext, name: string, place: Place | undefined): void {
  const meaning = Object.hasOwn(fixedWords, name) ? fixedWords[name] : undefined;
  if (meaning !== undefined) context.report(reservedName(name, meaning, keyPosition(place)));
}

/** `assets` owning `db` makes `assets-db`, which nothing else may be called. */
function checkOwnedKeys(context: PlanContext, entries: readonly BackingEntry[]): void {
  const taken = new Map<string, Place | undefined>();
  for (const [name, { place }] of context.names.services) taken.set(name, place);
  for (const { key, owner, alias, place } of entries) {
    if (owner !== undefined && alias !== undefined && taken.has(key)) {
      context.report(ownedNameTaken(key, owner, alias, keyPosition(place), keyPosition(taken.get(key))));
    }
    taken.set(key, place);
  }
}
