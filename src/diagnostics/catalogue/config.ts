import type { Diagnostic, Position } from '../diagnostic.ts';

/** Mistakes in a gantry.config.ts as a program; those in what it describes are the same as in YAML. */

const error = (code: string, message: string, at: Position | undefined, cure: string): Diagnostic => ({
  code: `config/${code}`,
  severity: 'error',
  message,
  ...(at ? { at } : {}),
  cure,
});

/** It cannot be compiled: a mistake of syntax, an import that leads nowhere. @param reason of the compiler */
export const cannotCompile = (reason: string, at?: Position): Diagnostic =>
  error('syntax', `this cannot be compiled: ${reason}`, at, 'correct the line; npx tsc explains more');

/** Its code threw an error while it ran. @param reason the message of what was thrown */
export const configThrew = (reason: string, at?: Position): Diagnostic =>
  error('threw', `the configuration failed while it ran: ${reason}`, at, 'correct the code, or what it reads');

/** It awaits something that does not come. @param seconds waited for */
export const configHangs = (seconds: number, at?: Position): Diagnostic =>
  error(
    'hangs',
    `the configuration did not end within ${seconds} s`,
    at,
    'do not wait in it for a network or a server',
  );

/** Nothing is exported under `default`. */
export const noDefaultExport = (at: Position): Diagnostic =>
  error('no-default-export', 'there is no default export', at, 'write: export default defineSystem({ … })');

/** A value that no model can hold: a function, a date, an instance of a class. @param path to it */
export const notPlain = (path: string, seen: string, at?: Position): Diagnostic =>
  error(
    'not-plain',
    `${path} is ${seen}, which no model can hold`,
    at,
    'write text, a number, true or false, a list or a plain object',
  );

/** An object that holds itself. @param path to it */
export const holdsItself = (path: string, at?: Position): Diagnostic =>
  error('holds-itself', `${path} holds an object that it is part of`, at, 'write a copy without the circle');
