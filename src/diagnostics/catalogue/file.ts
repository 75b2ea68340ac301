import type { Diagnostic, Position } from '../diagnostic.ts';

/** What can be wrong with a file of the model before a word of it is understood. */

/** A file that the model names with `extends` is not there. */
export const missingFile = (file: string, nearest: string | undefined, at?: Position): Diagnostic => ({
  code: 'file/missing',
  severity: 'error',
  message: `there is no file "${file}"`,
  at,
  nearest,
  cure: 'write the path of a file, relative to the file that names it',
});

/** A file that is there but cannot be read: a folder, a missing permission. @param reason in words */
export const unreadableFile = (file: string, reason: string, at?: Position): Diagnostic => ({
  code: 'file/unreadable',
  severity: 'error',
  message: `"${file}" cannot be read: ${reason}`,
  at,
  cure: 'make it a readable text file',
});

/** The machine refuses to make, read or write something that is not the model. @param reason in words */
export const refusedPlace = (path: string, reason: string, cure: string): Diagnostic => ({
  code: 'file/refused',
  severity: 'error',
  message: `"${path}" cannot be used: ${reason}`,
  cure,
});

/** No model is that large; a program that reads on and on helps nobody. @param size and @param limit in bytes */
export const tooLargeFile = (file: string, size: number, limit: number, at?: Position): Diagnostic => ({
  code: 'file/too-large',
  severity: 'error',
  message: `"${file}" has ${(size / 2 ** 20).toFixed(1)} MiB, more than the ${limit / 2 ** 20} MiB that a model may have`,
  at,
  cure: 'split the system, or check that this is the file you mean',
});

/** Bytes that are not UTF-8: a binary file, or a text in an older encoding. @param offset of the first wrong byte */
export const notUtf8 = (offset: number, at: Position): Diagnostic => ({
  code: 'file/not-utf8',
  severity: 'error',
  message: `"${at.file}" is not UTF-8: byte ${offset} fits no character`,
  at,
  cure: 'save the file as UTF-8, without a byte order mark',
});

/** A NUL or another control character, which no YAML may hold. @param code of the character */
export const controlCharacter = (code: number, at: Position): Diagnostic => ({
  code: 'file/control-character',
  severity: 'error',
  message: `the control character U+${code.toString(16).toUpperCase().padStart(4, '0')} may not stand here`,
  at,
  cure: 'remove it; in a quoted text write it as an escape such as "\\u0007"',
});

/** Two files that could both be the model. @param taken the one that is read */
export const twoModels = (taken: string, ignored: readonly string[]): Diagnostic => ({
  code: 'file/two-models',
  severity: 'warning',
  message: `"${taken}" is read, and ${ignored.map((name) => `"${name}"`).join(' and ')} is not`,
  at: { file: taken, line: 1, column: 1 },
  cure: 'remove one of them, or name the one you mean with --file',
});

/** There is no model where one was looked for. @param names that were tried */
export const noModelFile = (names: readonly string[]): Diagnostic => ({
  code: 'file/no-model',
  severity: 'error',
  message: `there is no model here: looked for ${names.join(', ')}`,
  cure: 'run gantry init to write one, or name its folder with --dir',
});
