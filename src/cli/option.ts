/** One option of a command. Help, parsing, completion and the reference page all come from this declaration. */
export interface Option<T> {
  /** As the user types it: `-e, --environment <name>`. */
  flags: string;
  description: string;
  /** The only values allowed. */
  choices?: readonly string[];
  /** What the shell offers after it. */
  completes?: 'service' | 'environment' | 'folder' | 'file';
  /** Text that was typed -> value; throws a Failure that names the option. Absent for a flag. */
  parse?(text: string, option: string): T;
  /** Carries the type of the value; never set. */
  readonly value?: T;
}

/** A switch: true when given; one whose long name begins with `--no-` is true unless given. */
export const flag = (flags: string, description: string): Option<boolean> => ({ flags, description });

/** An option with a text of the user's choosing. */
export const text = (
  flags: string,
  description: string,
  completes?: Option<string>['completes'],
): Option<string | undefined> => ({ flags, description, completes, parse: (typed) => typed });

/** An option with a value that is read from the text, for example a duration. */
export const parsed = <T>(
  flags: string,
  description: string,
  parse: (typed: string, option: string) => T,
): Option<T | undefined> => ({
  flags,
  description,
  parse,
});

/** An option that takes one of a few words. */
export const choice = <const C extends string>(
  flags: string,
  description: string,
  choices: readonly C[],
): Option<C | undefined> => ({ flags, description, choices, parse: (typed) => typed as C });

/** The values of a record of options, by the names under which they were declared. */
export type Values<O extends Record<string, Option<unknown>>> = {
  [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

/** The long name as it is typed: `--since`. */
export const longName = (option: Option<unknown>): string => /--[a-z-]+/.exec(option.flags)?.[0] ?? option.flags;

/** The long name without dashes, in the form that the parser stores it under: `--no-color` -> `color`. */
export function storedName(option: Option<unknown>): string {
  const long = /--(?:no-)?([a-z-]+)/.exec(option.flags)?.[1] ?? option.flags;
  return long.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
