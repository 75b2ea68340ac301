import { resolve } from 'node:path';
import { RootCommand, script } from '@bomb.sh/tab';
import type { Command } from './command.ts';
import type { Option } from './option.ts';
import { globalsOf } from './parse.ts';

/** What can be completed from the model: names by kind. */
export type Names = Record<'service' | 'environment' | 'secret', readonly string[]>;

/** Prints the script that a shell reads once; it asks `gantry complete` at each press of the key. */
export function printCompletionScript(shell: string): void {
  script(shell, 'gantry', 'gantry');
}

/**
 * Answers the script.
 * @param words those typed so far, the last one unfinished
 */
export function complete(words: string[], root: Command, names: Names): void {
  const completion = new RootCommand();
  addOptions(completion, root, names);
  for (const declaration of root.commands ?? []) if (!declaration.hidden) add(completion, declaration, [], names);
  completion.parse(words);
}

function add(completion: RootCommand, declaration: Command, above: readonly string[], names: Names): void {
  const path = [...above, declaration.name];
  const own = completion.command(path.join(' '), declaration.summary);
  addOptions(own, declaration, names);
  for (const { name, description, variadic, completes, choices } of declaration.arguments ?? []) {
    const offered = choices ?? (completes ? names[completes] : []);
    own.argument(name, offering(offered, description), variadic);
  }
  for (const inner of declaration.commands ?? []) add(completion, inner, path, names);
}

function addOptions(own: Pick<RootCommand, 'option'>, declaration: Command, names: Names): void {
  for (const option of [...Object.values(declaration.options ?? {}), ...globalsOf(declaration)]) {
    const long = /--([a-z-]+)/.exec(option.flags)?.[1];
    const short = /^-(\w)/.exec(option.flags)?.[1];
    if (!long) continue;
    if (option.parse) own.option(long, option.description, offering(offeredFor(option, names), ''), short);
    else own.option(long, option.description, short);
  }
}

const offering =
  (values: readonly string[], description: string) =>
  (offer: (value: string, description: string) => void): void => {
    for (const value of values) offer(value, description);
  };

function offeredFor(option: Option<unknown>, names: Names): readonly string[] {
  if (option.choices) return option.choices;
  return option.completes === 'environment' || option.completes === 'service' ? names[option.completes] : [];
}

/** The place of the model that the unfinished command line names. @param place the one without it */
export function placeIn<P extends { folder: string; upwards: boolean; file?: string }>(
  words: readonly string[],
  place: P,
): P {
  const valueAfter = (...names: string[]) => {
    const index = words.findLastIndex((word) => names.includes(word));
    return index < 0 || index >= words.length - 1 ? undefined : words[index + 1];
  };
  const folder = valueAfter('-C', '--dir');
  const file = valueAfter('--file');
  return {
    ...place,
    folder: folder === undefined ? place.folder : resolve(folder),
    file,
    upwards: folder === undefined && file === undefined,
  };
}
