import type { Diagnostic, Position } from '../diagnostic.ts';

/** Errors in references, `${name.attribute}`, and in the names that references can say. */

/** A list for a person: `a, b, c`; long ones are cut, for nobody reads a hundred names. */
const listed = (names: readonly string[]): string =>
  names.length > 20 ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more` : names.join(', ');

/** `${` without its `}` on the same line. */
export const unterminatedReference = (text: string, at?: Position): Diagnostic => ({
  code: 'reference/unterminated',
  severity: 'error',
  message: `the reference "${text}" is never closed`,
  at,
  cure: 'write the closing }, or $${ where the two characters themselves are meant',
});

/** `${}`. */
export const emptyReference = (at?: Position): Diagnostic => ({
  code: 'reference/empty',
  severity: 'error',
  message: 'this reference names nothing',
  at,
  cure: 'write ${name.attribute}, for example ${postgres.url}, or $${} where the characters themselves are meant',
});

/** A reference inside a reference. */
export const nestedReference = (text: string, at?: Position): Diagnostic => ({
  code: 'reference/nested',
  severity: 'error',
  message: `"${text}" is a reference inside a reference`,
  at,
  cure: 'write the name in full: what a reference says cannot be put together from another',
});

/** Characters that no name has: spaces, the default values of a shell, and the like. @param meant without spaces */
export const malformedReference = (text: string, meant: string | undefined, at?: Position): Diagnostic => ({
  code: 'reference/malformed',
  severity: 'error',
  message: `"${text}" is not a reference`,
  at,
  nearest: meant,
  cure: 'write ${name.attribute} with letters, digits, - and _ only, or $${ where the characters themselves are meant',
});

/** A first word that is neither a service, nor a backing service, nor one of the fixed words. @param written all of it */
export const unknownReference = (
  name: string,
  names: readonly string[],
  nearest: string | undefined,
  written: string,
  at?: Position,
): Diagnostic => ({
  code: 'reference/unknown-name',
  severity: 'error',
  message: `nothing here is called "${name}"`,
  at,
  nearest,
  cure: `a reference can begin with: ${listed(names)}; write $${written} where the characters themselves are meant`,
});

/** A name alone, where an attribute of it is needed. @param whole what was meant most likely, `${postgres.url}` */
export const missingAttribute = (
  name: string,
  attributes: readonly string[],
  whole: string | undefined,
  at?: Position,
): Diagnostic => ({
  code: 'reference/missing-attribute',
  severity: 'error',
  message: `"\${${name}}" does not say what of "${name}" is meant`,
  at,
  nearest: whole,
  cure: attributes.length === 0 ? `"${name}" has nothing to refer to` : `"${name}" has: ${listed(attributes)}`,
});

/** An attribute that this service, backing type or fixed word does not have. @param owner in words, `the service gateway` */
export const unknownAttribute = (
  owner: string,
  attribute: string,
  attributes: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic => ({
  code: 'reference/unknown-attribute',
  severity: 'error',
  message: `${owner} has no attribute "${attribute}"`,
  at,
  nearest,
  cure: `it has: ${listed(attributes)}`,
});

/** More words after something that is a value itself: a secret, a variable. @param whole the reference without them */
export const noAttributes = (owner: string, whole: string, at?: Position): Diagnostic => ({
  code: 'reference/no-attributes',
  severity: 'error',
  message: `${owner} is a value, and has no attributes`,
  at,
  nearest: whole,
  cure: `write ${whole}`,
});

/** An attribute of an external service that the model does not tell. */
export const attributeNotGiven = (name: string, attribute: string, at?: Position, declared?: Position): Diagnostic => ({
  code: 'reference/not-given',
  severity: 'error',
  message: `${name} is external, and its ${attribute} is not given`,
  at,
  cure: `write it where ${name} is declared, for example ${attribute}: \${secrets.${name}-${attribute}}`,
  related: [{ message: `${name} is declared here`, at: declared }],
});

/** A port name that the receiving end does not have. */
export const unknownPort = (
  owner: string,
  port: string,
  ports: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic => ({
  code: 'reference/unknown-port',
  severity: 'error',
  message: `${owner} has no port "${port}"`,
  at,
  nearest,
  cure: `its ports are: ${listed(ports)}`,
});

/** An address is asked of a service that listens on nothing. */
export const noPort = (service: string, attribute: string, at?: Position, declared?: Position): Diagnostic => ({
  code: 'reference/no-port',
  severity: 'error',
  message: `the service ${service} has no port, so it has no ${attribute}`,
  at,
  cure: `give the service a port, or say that it only has to run first: waits: {${service}: ready}`,
  related: [{ message: `the service ${service} is declared here`, at: declared }],
});

/** A secret that is declared nowhere. */
export const unknownSecret = (
  name: string,
  secrets: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic => ({
  code: 'reference/unknown-secret',
  severity: 'error',
  message: `no secret is called "${name}"`,
  at,
  nearest,
  cure: `declare it: secrets: {${name}: {}}${secrets.length > 0 ? `; declared are: ${listed(secrets)}` : ''}`,
});

/** A route that is declared nowhere. */
export const unknownRoute = (
  name: string,
  routes: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic => ({
  code: 'reference/unknown-route',
  severity: 'error',
  message: `no route is called "${name}"`,
  at,
  nearest,
  cure: routes.length > 0 ? `the routes are: ${listed(routes)}` : 'there are no routes: declare one under routes',
});

/** A variable that this environment does not set. */
export const unknownVariable = (
  name: string,
  environment: string,
  variables: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic => ({
  code: 'reference/unknown-variable',
  severity: 'error',
  message: `the environment ${environment} has no variable "${name}"`,
  at,
  nearest,
  cure: `set it under variables, or under environments.${environment}.variables${
    variables.length > 0 ? `; set are: ${listed(variables)}` : ''
  }`,
});

/** A backing service that belongs to other services alone. */
export const ownedByAnother = (
  name: string,
  owners: readonly string[],
  service: string | undefined,
  at?: Position,
  declared?: Position,
): Diagnostic => ({
  code: 'reference/owned-by-another',
  severity: 'error',
  message: `"${name}" belongs to ${listed(owners)} alone${service ? `: ${service} cannot reach it` : ''}`,
  at,
  cure: `ask the service that owns it, declare "${name}" under backing for all, or let this one own its own`,
  related: [{ message: 'it is declared here', at: declared }],
});

/** `${service.…}` outside of a service. */
export const noServiceHere = (at?: Position): Diagnostic => ({
  code: 'reference/no-service-here',
  severity: 'error',
  message: '"service" means the service around a reference, and there is none here',
  at,
  cure: 'name the service that is meant',
});

/** A reference where only text that is known before anything runs can stand. @param place `the registry` */
export const notKnownYet = (text: string, place: string, at?: Position): Diagnostic => ({
  code: 'reference/not-known-yet',
  severity: 'error',
  message: `"${text}" is known only when the system runs, and ${place} must be known before`,
  at,
  cure: 'use a variable here (${variables.NAME}), or write the text itself',
});

/** A secret, or an address that holds one, where it would be seen: a command line, a label, a build argument. */
export const noReferenceInCommand = (text: string, at?: Position): Diagnostic => ({
  code: 'reference/not-in-command',
  severity: 'error',
  message: `"${text}" stands in a command, where references are not filled in`,
  at,
  cure: 'pass it by a variable under env: a command line can be read by every process of the machine',
});

/** One name for two things; plans and commands would not know which is meant. */
export const ambiguousName = (
  name: string,
  first: string,
  second: string,
  at?: Position,
  other?: Position,
): Diagnostic => ({
  code: 'reference/ambiguous-name',
  severity: 'error',
  message: `"${name}" is the name of ${first} and of ${second}`,
  at,
  cure: 'give one of them another name',
  related: [{ message: 'the other one is declared here', at: other }],
});

/** A service or backing service with a name that has a meaning of its own in references. */
export const reservedName = (name: string, meaning: string, at?: Position): Diagnostic => ({
  code: 'reference/reserved-name',
  severity: 'error',
  message: `"${name}" cannot be a name here: in references it means ${meaning}`,
  at,
  cure: 'give it another name',
});
