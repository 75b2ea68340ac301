import type { Diagnostic, Position } from '../diagnostic.ts';

/** Mistakes of YAML itself, before anything is known of services. */

const error = (code: string, message: string, at: Position, cure?: string): Diagnostic => ({
  code: `yaml/${code}`,
  severity: 'error',
  message,
  at,
  ...(cure === undefined ? {} : { cure }),
});

/** The text does not follow the grammar of YAML 1.2. @param reason of the parser, in words */
export const yamlSyntax = (reason: string, at: Position, cure?: string): Diagnostic =>
  error('syntax', `this is not YAML: ${reason}`, at, cure);

/** A reference that is not quoted between braces, where YAML takes its braces for a map. @param reference as written */
export const unquotedReference = (reference: string, at: Position): Diagnostic =>
  error(
    'unquoted-reference',
    `between { and } a reference must be quoted, for YAML reads the braces of ${reference} itself`,
    at,
    `write "${reference}"`,
  );

/** One key twice in one map; YAML forbids it, for one of the two would be lost. */
export const duplicateKey = (key: string, at: Position, first: Position): Diagnostic => ({
  ...error('duplicate-key', `the key "${key}" is written twice in this map`, at, 'remove one of the two'),
  related: [{ message: 'the first one', at: first }],
});

/** More than one document in a file; only one could be meant. */
export const severalDocuments = (at: Position): Diagnostic =>
  error(
    'several-documents',
    'a second document begins here',
    at,
    'remove the line ---, or put the rest into a file of its own',
  );

/** `*name` for which there is no `&name` before. */
export const unknownAlias = (name: string, nearest: string | undefined, at: Position): Diagnostic => ({
  ...error(
    'unknown-alias',
    `no anchor &${name} stands before this alias`,
    at,
    `write &${name} at the value that is meant`,
  ),
  nearest,
});

/** An anchor whose value holds its own alias: it would have no end. */
export const aliasCycle = (name: string, at: Position): Diagnostic =>
  error('alias-cycle', `the value of &${name} holds itself`, at, 'remove the alias');

/** Aliases of aliases that come to millions of values ("billion laughs"). @param limit of values */
export const tooManyValues = (limit: number, at: Position): Diagnostic =>
  error(
    'too-large',
    `written out, the aliases come to more than ${limit} values`,
    at,
    'write fewer aliases of aliases',
  );

/** Deeper than any model; a reader that follows would run out of stack. @param limit of levels */
export const tooDeep = (limit: number, at: Position): Diagnostic =>
  error('too-deep', `values are nested more than ${limit} deep here`, at, 'write it flatter');

/** `<<` with something that is no map. */
export const badMergeKey = (at: Position): Diagnostic =>
  error('merge-key', '<< takes an alias of a map, or a list of them', at, 'write <<: *name');

/** `!name`, which means nothing in a model. */
export const unknownTag = (tag: string, at: Position): Diagnostic =>
  error('unknown-tag', `the tag ${tag} means nothing here`, at, 'remove the tag');

/** A map or a list where a key must be. */
export const keyNotText = (at: Position): Diagnostic =>
  error('key-not-text', 'a key must be text', at, 'write the key as plain text');

/** Names that mean something to JavaScript itself; refused, so that nothing can be smuggled in by them. */
export const forbiddenKey = (key: string, at: Position): Diagnostic =>
  error('forbidden-key', `"${key}" cannot be used as a name`, at, 'choose another name');

/** What would only repeat the same. @param count of mistakes that are not shown */
export const moreMistakes = (count: number, at: Position): Diagnostic => ({
  code: 'yaml/more',
  severity: 'info',
  message: `${count} more mistakes of YAML follow in this file`,
  at,
  cure: 'correct the first ones: the others often come from them',
});
