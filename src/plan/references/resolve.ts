import {
  missingAttribute,
  noAttributes,
  noServiceHere,
  notKnownYet,
  ownedByAnother,
  unknownAttribute,
  unknownReference,
  unknownRoute,
  unknownSecret,
  unknownVariable,
} from '../../diagnostics/catalogue/reference.ts';
import type { Position } from '../../diagnostics/diagnostic.ts';
import { nearest } from '../../diagnostics/nearest.ts';
import { keyPosition } from '../place.ts';
import type { Reference } from '../plan.ts';
import { mayBeRight } from '../unsure.ts';
import { resolveBacking, resolveWorkload } from './attributes.ts';
import { fixedWords, type Names, type Site } from './scope.ts';

/** A reference as it was written, for messages. */
export interface Written {
  /** `${postgres.url}`. */
  source: string;
  at?: Position;
}

/**
 * Resolves one reference: first the fixed words, then what the service around it owns, then services, then shared
 * backing services. An owned one hides a shared one of the same name, as the nearer declaration does everywhere.
 * @returns text when it is known at plan time, a `Reference` otherwise, undefined after reporting an error.
 */
export function resolveReference(
  segments: readonly string[],
  names: Names,
  site: Site,
  written: Written,
): string | Reference | undefined {
  const [first = '', ...rest] = segments;
  if (mayBeRight(segments, names.unsure, site.service)) return undefined;
  if (Object.hasOwn(fixedWords, first)) return resolveFixed(first, rest, names, site, written);
  const owned = site.service === undefined ? undefined : names.services.get(site.service)?.owned.get(first);
  const backing = owned ?? names.backing.get(first);
  if (owned) return late(resolveBacking(first, owned, rest, site, written), site, written);
  const service = names.services.get(first);
  if (service) return late(resolveWorkload(first, service, rest, site, written), site, written);
  if (backing) return late(resolveBacking(first, backing, rest, site, written), site, written);
  const owners = names.owners.get(first);
  if (owners) {
    const declared = names.services.get(owners[0] ?? '')?.owned.get(first)?.place;
    site.report(ownedByAnother(first, owners, site.service, written.at, keyPosition(declared)));
    return undefined;
  }
  const choices = choicesFor(names, site);
  site.report(unknownReference(first, choices, nearest(first, choices), written.source, written.at));
  return undefined;
}

/** Reports a reference that only a runtime can resolve where text is needed. */
function late(reference: Reference | undefined, site: Site, written: Written): Reference | undefined {
  if (!reference || site.allow === 'all') return reference;
  site.report(notKnownYet(written.source, site.place, written.at));
  return undefined;
}

/** What a reference at this site can begin with. */
function choicesFor(names: Names, site: Site): string[] {
  const fixed = Object.keys(fixedWords).filter((word) => word !== 'service' || site.service !== undefined);
  const owned = site.service === undefined ? [] : [...(names.services.get(site.service)?.owned.keys() ?? [])];
  const members = [...names.services.keys(), ...names.backing.keys(), ...names.unsure.members];
  return [...new Set([...owned, ...members, ...fixed])];
}

function resolveFixed(
  word: string,
  rest: readonly string[],
  names: Names,
  site: Site,
  written: Written,
): string | Reference | undefined {
  const [second, ...more] = rest;
  const choices = () => fixedChoices(word, names);
  if (word === 'service') return resolveService(rest, names, site, written);
  if (second === undefined) {
    const valid = choices();
    const whole = valid.length === 1 ? `\${${word}.${valid[0]}}` : undefined;
    site.report(missingAttribute(word, valid, whole, written.at));
    return undefined;
  }
  const near = () => nearest(second, choices());
  switch (word) {
    case 'secrets':
      if (!names.secrets.has(second)) return none(site, unknownSecret(second, choices(), near(), written.at));
      if (more.length > 0) return none(site, noAttributes(`the secret ${second}`, `\${secrets.${second}}`, written.at));
      if (site.allow === 'text') return late({ kind: 'secret', name: second, attribute: 'value' }, site, written);
      return { kind: 'secret', name: second, attribute: 'value' };
    case 'routes': {
      if (!names.routes.has(second)) return none(site, unknownRoute(second, choices(), near(), written.at));
      const [attribute] = more;
      const attributes = ['url', 'host'];
      if (attribute === undefined) {
        return none(site, missingAttribute(`routes.${second}`, attributes, `\${routes.${second}.url}`, written.at));
      }
      if (more.length > 1 || !attributes.includes(attribute)) {
        return none(site, tooLong(`the route ${second}`, more, attributes, written.at));
      }
      return late({ kind: 'route', name: second, attribute }, site, written);
    }
    case 'system':
      if (second !== 'name' || more.length > 0) return none(site, tooLong('the system', rest, ['name'], written.at));
      return names.system;
    default: {
      // `environment.name` and `variables.x`; `environment.x` reads as well where a variable differs by environment.
      if (word === 'environment' && second === 'name' && more.length === 0) return names.environment;
      const text = names.variables.get(second);
      if (text === undefined)
        return none(site, unknownVariable(second, names.environment, choices(), near(), written.at));
      if (more.length > 0)
        return none(site, noAttributes(`the variable ${second}`, `\${${word}.${second}}`, written.at));
      return text;
    }
  }
}

function fixedChoices(word: string, names: Names): string[] {
  if (word === 'secrets') return [...names.secrets];
  if (word === 'routes') return [...names.routes];
  if (word === 'variables') return [...names.variables.keys()];
  if (word === 'environment') return ['name', ...names.variables.keys()];
  return ['name'];
}

/** `${service.name}` and `${service.namespace}` are text; `url`, `host` and `port` are those of any service. */
function resolveService(
  rest: readonly string[],
  names: Names,
  site: Site,
  written: Written,
): string | Reference | undefined {
  const service = site.service === undefined ? undefined : names.services.get(site.service);
  if (!service || site.service === undefined) return none(site, noServiceHere(written.at));
  if (rest.length === 1 && rest[0] === 'name') return site.service;
  if (rest.length === 1 && rest[0] === 'namespace') return service.namespace;
  const reference = resolveWorkload(site.service, service, rest, site, written, ['name', 'namespace']);
  return late(reference, site, written);
}

const tooLong = (owner: string, attributes: readonly string[], valid: readonly string[], at?: Position) =>
  unknownAttribute(owner, attributes.join('.'), valid, nearest(attributes.join('.'), valid), at);

function none(site: Site, diagnostic: Parameters<Site['report']>[0]): undefined {
  site.report(diagnostic);
  return undefined;
}
