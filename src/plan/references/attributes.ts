import {
  attributeNotGiven,
  missingAttribute,
  noPort,
  unknownAttribute,
  unknownPort,
} from '../../diagnostics/catalogue/reference.ts';
import { nearest } from '../../diagnostics/nearest.ts';
import { keyPosition } from '../place.ts';
import type { Reference } from '../plan.ts';
import type { Written } from './resolve.ts';
import type { BackingName, ServiceName, Site } from './scope.ts';

const single = ['url', 'host', 'port'];

/** A map, for an object would also answer to `constructor`. */
const meanings = new Map([
  ['url', 'url'],
  ['host', 'host'],
  ['port', 'port'],
  ['urls', 'url'],
  ['ports', 'port'],
]);

/**
 * What a reference may say of a service: `url`, `host` and `port` of its main port, `urls.NAME` and `ports.NAME` of the
 * port with that name.
 * @param further attributes that exist at this site besides, for the messages only
 */
export function resolveWorkload(
  name: string,
  service: ServiceName,
  rest: readonly string[],
  site: Site,
  written: Written,
  further: readonly string[] = [],
): Reference | undefined {
  const [attribute, port, ...more] = rest;
  const owner = `the service ${name}`;
  const ports = () => Object.keys(service.ports);
  const attributes = () => [...further, ...single, ...ports().flatMap((each) => [`ports.${each}`, `urls.${each}`])];
  if (attribute === undefined) {
    site.report(missingAttribute(name, attributes(), `\${${name}.url}`, written.at));
    return undefined;
  }
  const wanted = meanings.get(attribute);
  const many = attribute === 'urls' || attribute === 'ports';
  if (wanted === undefined || more.length > 0 || (port !== undefined && !many) || (many && port === undefined)) {
    const said = rest.join('.');
    site.report(unknownAttribute(owner, said, attributes(), nearest(said, attributes()), written.at));
    return undefined;
  }
  if (service.mainPort === undefined) {
    site.report(noPort(name, wanted, written.at, keyPosition(service.place)));
    return undefined;
  }
  if (port !== undefined && !Object.hasOwn(service.ports, port)) {
    site.report(unknownPort(owner, port, ports(), nearest(port, ports()), written.at));
    return undefined;
  }
  const reference: Reference = { kind: 'workload', name, attribute: wanted };
  if (wanted !== 'host') reference.port = port ?? service.mainPort;
  return reference;
}

/** What a reference may say of a backing service: the attributes of its type. */
export function resolveBacking(
  name: string,
  backing: BackingName,
  rest: readonly string[],
  site: Site,
  written: Written,
): Reference | undefined {
  const attributes = () => Object.keys(backing.definition.attributes);
  const [attribute] = rest;
  if (attribute === undefined) {
    const [first] = attributes();
    const whole = first === undefined ? undefined : `\${${name}.${first}}`;
    site.report(missingAttribute(name, attributes(), whole, written.at));
    return undefined;
  }
  if (rest.length > 1 || !Object.hasOwn(backing.definition.attributes, attribute)) {
    const said = rest.join('.');
    const owner = `${backing.definition.title} (${name})`;
    site.report(unknownAttribute(owner, said, attributes(), nearest(said, attributes()), written.at));
    return undefined;
  }
  if (backing.given && !backing.given.has(attribute)) {
    site.report(attributeNotGiven(name, attribute, written.at, keyPosition(backing.place)));
    return undefined;
  }
  return { kind: 'backing', name: backing.key, attribute };
}
