import { type CommanderError, Command as Parser, Argument as ParserArgument, Option as ParserOption } from 'commander';
import { wrongValue } from '../diagnostics/catalogue/command.ts';
import { Failure } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Command } from './command.ts';
import { globalOptions } from './global-options.ts';
import { longName, type Option, storedName } from './option.ts';
import { usageDiagnostic } from './usage.ts';

/** What was asked for: a command with its values, or only a text to print (help). */
export type Parsed =
  | {
      command: Command;
      args: string[];
      options: Record<string, unknown>;
      globals: Record<keyof typeof globalOptions, unknown>;
    }
  | { text: string };

type Options = Record<string, Option<unknown>>;

/**
 * Reads the command line by the declarations. Global options are taken before the command's name and after it; after it wins.
 * @param argv the words after `gantry`
 * @throws Failure with diagnostics of the family `command` for wrong usage
 */
export function parseCommandLine(argv: readonly string[], root: Command): Parsed {
  let parsed: Parsed | undefined;
  let text = '';
  const program = build(root, [], (declaration, parser) => {
    parsed = {
      command: declaration,
      args: checkedArguments(declaration, parser.args),
      options: readOptions(declaration.options ?? {}, parser.opts()),
      globals: readOptions(globalOptions, { ...program.opts(), ...globalValues(declaration, parser) }),
    };
  });
  each(program, (parser) => {
    const write = (part: string) => {
      text += part;
    };
    parser.configureOutput({ writeOut: write, writeErr: write, outputError: () => {} });
  });
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof HelpShown)) throw error;
  }
  return parsed ?? { text };
}

/** Thrown out of the parser once it has written a help text. */
class HelpShown extends Error {}

function build(
  declaration: Command,
  above: readonly string[],
  chosen: (declaration: Command, parser: Parser) => void,
): Parser {
  const path = above.length === 0 && declaration.name === 'gantry' ? [] : [...above, declaration.name];
  const parser = new Parser(declaration.name).enablePositionalOptions().showSuggestionAfterError(false);
  parser.configureHelp({ subcommandTerm });
  parser.exitOverride((error: CommanderError) => {
    if (error.exitCode === 0 || error.code === 'commander.help') throw new HelpShown();
    throw new Failure([usageDiagnostic(error, declaration, path)]);
  });
  parser.summary(declaration.summary);
  parser.description([`${capital(declaration.summary)}.`, declaration.description].filter(Boolean).join('\n\n'));
  parser.aliases([...(declaration.aliases ?? [])]);
  const help = new ParserOption('-h, --help', 'show this help');
  parser.addHelpOption(path.length === 0 ? help.helpGroup('Global options:') : help);
  if (declaration.group) parser.helpGroup(`${declaration.group}:`);
  for (const argument of declaration.arguments ?? []) {
    const word = argument.variadic ? `${argument.name}...` : argument.name;
    parser.addArgument(new ParserArgument(argument.required ? `<${word}>` : `[${word}]`, argument.description));
  }
  for (const option of Object.values(declaration.options ?? {})) addOption(parser, option);
  parser.optionsGroup('Global options:');
  for (const option of globalsOf(declaration)) addOption(parser, option);
  if (declaration.examples) parser.addHelpText('after', `\n${examplesText(declaration.examples)}`);
  if (declaration.passThrough) parser.passThroughOptions();
  if (declaration.run) parser.action(() => chosen(declaration, parser));
  for (const inner of declaration.commands ?? []) {
    parser.addCommand(build(inner, path, chosen), { hidden: inner.hidden === true });
  }
  if (declaration.commands) {
    const group = path.length === 0 ? 'Others:' : 'Commands:';
    parser.addHelpCommand(
      new Parser('help').argument('[command]').description('show the help of a command').helpGroup(group),
    );
  }
  return parser;
}

/** In the list of commands: the name and the arguments; that there are options goes without saying. */
const subcommandTerm = (parser: Parser): string =>
  [parser.name(), ...parser.registeredArguments.map((argument) => argumentTerm(argument))].join(' ');

const argumentTerm = (argument: ParserArgument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
};

/** The global options that a command understands: all but those it has an option of its own for. */
export const globalsOf = (declaration: Command): Option<unknown>[] =>
  Object.entries(globalOptions as Options)
    .filter(([name]) => !(name in (declaration.options ?? {})))
    .map(([, option]) => option);

function addOption(parser: Parser, option: Option<unknown>): void {
  const choices = option.choices ? ` (${option.choices.join(', ')})` : '';
  parser.addOption(new ParserOption(option.flags, `${option.description}${choices}`));
}

/**
 * What was said of global options after the command's name. `--no-color` has a default of true in the parser, which must
 * not hide what was said before the name; and an option of the command's own may have the name of a global one.
 */
function globalValues(declaration: Command, parser: Parser): Record<string, unknown> {
  const names = globalsOf(declaration).map(storedName);
  const given = names.filter((name) => !['default', undefined].includes(parser.getOptionValueSource(name)));
  return Object.fromEntries(given.map((name) => [name, parser.getOptionValue(name)]));
}

function readOptions<O extends Options>(options: O, values: Record<string, unknown>): Record<keyof O, unknown> {
  const read = Object.entries(options).map(([name, option]) => {
    const value = values[storedName(option)];
    if (!option.parse || typeof value !== 'string') return [name, value ?? (option.parse ? undefined : false)];
    checkChoice(option.flags.replace(/^-\w, /, '').replace(/ .*/, ''), value, option.choices);
    return [name, option.parse(value, longName(option))];
  });
  return Object.fromEntries(read) as Record<keyof O, unknown>;
}

function checkedArguments(declaration: Command, args: string[]): string[] {
  for (const [index, argument] of (declaration.arguments ?? []).entries()) {
    const value = args[index];
    if (value !== undefined) checkChoice(`<${argument.name}>`, value, argument.choices);
  }
  return args;
}

function checkChoice(what: string, value: string, choices: readonly string[] | undefined): void {
  if (!choices || choices.includes(value)) return;
  throw new Failure([wrongValue(what, value, `one of ${choices.join(', ')}`, nearest(value, choices))]);
}

function each(parser: Parser, visit: (parser: Parser) => void): void {
  visit(parser);
  for (const inner of parser.commands) each(inner, visit);
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

function examplesText(examples: NonNullable<Command['examples']>): string {
  const width = Math.max(...examples.map((example) => example.command.length));
  return ['Examples:', ...examples.map((example) => `  ${example.command.padEnd(width)}  ${example.explanation}`)].join(
    '\n',
  );
}
