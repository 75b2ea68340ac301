import type { CommanderError } from 'commander';
import {
  excessArguments,
  missingArgument,
  missingValue,
  unknownCommand,
  unknownOption,
} from '../diagnostics/catalogue/command.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Command } from './command.ts';
import { globalOptions } from './global-options.ts';

/**
 * The parser's error as a diagnostic. The offending word is only in the parser's message, in quotes.
 * @param path words of the command that was being read, empty for the program itself
 */
export function usageDiagnostic(error: CommanderError, declaration: Command, path: readonly string[]): Diagnostic {
  const name = path.join(' ');
  const word = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.unknownCommand':
      return unknownCommand([...path, word].join(' '), nearest(word, commandNames(declaration)));
    case 'commander.unknownOption':
      return unknownOption(name, word, nearest(word, longNames(declaration)));
    case 'commander.optionMissingArgument':
      return missingValue(name, word.replace(/^-\w, /, '').replace(/ .*/, ''));
    case 'commander.missingArgument':
      return missingArgument(name, word);
    default:
      return excessArguments(name, declaration.arguments?.length ?? 0);
  }
}

const commandNames = (declaration: Command): string[] =>
  (declaration.commands ?? [])
    .filter((inner) => !inner.hidden)
    .flatMap((inner) => [inner.name, ...(inner.aliases ?? [])]);

const longNames = (declaration: Command): string[] => [
  '--help',
  ...[...Object.values(declaration.options ?? {}), ...Object.values(globalOptions)]
    .map((option) => /--[a-z-]+/.exec(option.flags)?.[0] ?? '')
    .filter(Boolean),
];
