import type { Diagnostic, Position } from '../diagnostic.ts';

/** Values and keys that the vocabulary of the model does not allow. */

const error = (
  code: string,
  message: string,
  at: Position | undefined,
  more: Partial<Diagnostic> = {},
): Diagnostic => ({
  code: `model/${code}`,
  severity: 'error',
  message,
  ...(at ? { at } : {}),
  ...more,
});

/** A list for a person; long ones are cut. */
const listed = (names: readonly string[]): string =>
  names.length > 40 ? `${names.slice(0, 40).join(', ')} and ${names.length - 40} more` : names.join(', ');

/** A key that nothing reads: most often a slip of the pen. @param where in words: `the service "web"` */
export const unknownKey = (
  key: string,
  where: string,
  keys: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic =>
  error('unknown-key', `"${key}" is not a key of ${where}`, at, {
    nearest,
    cure: keys.length > 0 ? `its keys are: ${listed(keys)}` : 'it takes no keys: write {}',
  });

/** A value of another shape than the key takes. @param expected and @param seen in words: `a map`, `the number 3` */
export const wrongType = (what: string, expected: string, seen: string, at?: Position, cure?: string): Diagnostic =>
  error('wrong-type', `${what} must be ${expected}, not ${seen}`, at, { cure: cure ?? `write ${expected}` });

/** A key that must be there. */
export const missingKey = (key: string, where: string, expected: string, at?: Position): Diagnostic =>
  error('missing-key', `${where} has no "${key}"`, at, { cure: `write ${key}: and ${expected}` });

/** A word that is none of those the key takes. */
export const unknownChoice = (
  what: string,
  seen: string,
  choices: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic =>
  error('unknown-choice', `${what} cannot be ${seen}`, at, { nearest, cure: `write one of: ${listed(choices)}` });

/** Text or a number of the right type that still cannot be read: a quantity, a duration, an image. */
export const invalidValue = (what: string, reason: string, at?: Position, cure?: string): Diagnostic =>
  error('invalid-value', reason.startsWith('must ') ? `${what} ${reason}` : `${what}: ${reason}`, at, { cure });

/** A number, text or list that is too small or too large. @param bound in words: `at least 1` */
export const outOfRange = (what: string, bound: string, seen: string, at?: Position): Diagnostic =>
  error('out-of-range', `${what} must be ${bound}, not ${seen}`, at, { cure: `write ${bound}` });

/** Keys that do not go together, or one that needs another. */
export const contradiction = (where: string, reason: string, at?: Position, cure?: string): Diagnostic =>
  error('contradiction', `${where}: ${reason}`, at, { cure: cure ?? 'remove one of the two' });

/** An environment that the model does not have. */
export const unknownEnvironment = (
  name: string,
  names: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic =>
  error('unknown-environment', `there is no environment "${name}"`, at, {
    nearest,
    cure: `the environments are: ${listed(names)}; another one is made by naming it under environments`,
  });

/** An environment changes something that is declared nowhere. @param kind `service` or `backing service` */
export const unknownMember = (
  kind: string,
  name: string,
  environment: string,
  needs: string,
  names: readonly string[],
  nearest: string,
  at?: Position,
): Diagnostic =>
  error('unknown-member', `there is no ${kind} "${name}" that the environment ${environment} could change`, at, {
    nearest,
    cure: `there are: ${listed(names)}; one that only this environment has needs ${needs}`,
  });

/** `extends` of a service that names none. */
export const unknownBase = (
  name: string,
  names: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic =>
  error('unknown-base', `there is no service "${name}" to extend`, at, {
    nearest,
    cure: `the services are: ${listed(names)}`,
  });

/** Files or services that extend one another in a circle. @param path from the first name back to it */
export const extendsCycle = (path: readonly string[], at?: Position): Diagnostic =>
  error('extends-cycle', `extends goes round in a circle: ${path.join(' -> ')}`, at, {
    cure: 'remove one extends of these',
  });

/** A name that Kubernetes, DNS or a shell could not carry. @param rule in words */
export const invalidName = (
  what: string,
  name: string,
  rule: string,
  suggestion: string | undefined,
  at?: Position,
): Diagnostic =>
  error('invalid-name', `"${name}" cannot be the name of ${what}`, at, { nearest: suggestion, cure: rule });

/** Two ports of one service with one number: only one could listen. */
export const duplicatePort = (
  service: string,
  number: number,
  names: readonly string[],
  at?: Position,
  first?: Position,
): Diagnostic =>
  error('duplicate-port', `the service "${service}" has port ${number} twice: ${names.join(' and ')}`, at, {
    cure: 'give one of them another number',
    ...(first ? { related: [{ message: 'the first one', at: first }] } : {}),
  });

/** Five fields that no clock can follow. @param reason in words */
export const invalidSchedule = (text: string, reason: string, at?: Position): Diagnostic =>
  error('invalid-schedule', `"${text}" is not a cron expression: ${reason}`, at, {
    cure: 'write minute, hour, day of month, month, day of week, for example "0 3 * * *"',
  });

/** `null` where there is nothing to remove: the key does nothing. */
export const removesNothing = (key: string, at?: Position): Diagnostic => ({
  ...error('removes-nothing', `"${key}" is empty, and there is nothing that this would remove`, at, {
    cure: 'give it a value, or remove the line',
  }),
  severity: 'warning',
});

/** The whole file is something else than a map of keys. */
export const notAMap = (what: string, seen: string, at?: Position): Diagnostic =>
  error('wrong-type', `${what} must be a map of keys, not ${seen}`, at, {
    cure: 'begin with system: and the name of the system',
  });
