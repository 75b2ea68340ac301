import type { Argument, Command } from '../command.ts';
import { globalOptions } from '../global-options.ts';
import type { Option } from '../option.ts';

/** docs/cli.md: every command with its arguments, options and examples, as Markdown from the same declarations as the help. */
export function commandReference(program: Command): string {
  const commands = (program.commands ?? []).filter(({ hidden }) => !hidden);
  const groups = [...new Set(commands.map(({ group }) => group ?? 'Others'))];
  const parts = [
    '# The commands',
    '<!-- Made by npm run generate from src/cli/commands/: change it there. -->',
    `\`gantry\`: ${program.summary}. ${program.description ?? ''}`,
    'Exit codes: 0 fine, 1 something was found or failed, 2 wrong usage. `exec` passes on the exit code of its command.',
    '## Options of every command',
    optionTable(Object.values(globalOptions)),
    ...groups.flatMap((group) => [
      `## ${group}`,
      ...commands.filter((command) => (command.group ?? 'Others') === group).flatMap((command) => section(command, [])),
    ]),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function section(command: Command, above: readonly string[]): string[] {
  const path = [...above, command.name];
  const words = [
    'gantry',
    ...path,
    ...(command.commands ? ['<command>'] : []),
    ...(command.arguments ?? []).map(argumentWord),
  ];
  const options = Object.values(command.options ?? {});
  return [
    `${'#'.repeat(2 + path.length)} gantry ${path.join(' ')}`,
    `${capital(command.summary)}.${command.description ? ` ${command.description}` : ''}`,
    `\`\`\`\n${words.join(' ')}${options.length > 0 ? ' [options]' : ''}\n\`\`\``,
    command.aliases ? `Also \`gantry ${command.aliases.join('`, `gantry ')}\`.` : '',
    argumentList(command.arguments ?? []),
    options.length > 0 ? optionTable(options) : '',
    exampleList(command.examples ?? []),
    ...(command.commands ?? []).flatMap((inner) => section(inner, path)),
  ];
}

const argumentWord = ({ name, required, variadic }: Argument): string => {
  const word = variadic ? `${name}...` : name;
  return required ? `<${word}>` : `[${word}]`;
};

const argumentList = (list: readonly Argument[]): string =>
  list.map((argument) => `- \`${argumentWord(argument)}\`: ${argument.description}`).join('\n');

function optionTable(options: readonly Option<unknown>[]): string {
  const rows = options.map(({ flags, description, choices }) => {
    const values = choices ? `; one of ${choices.map((choice) => `\`${choice}\``).join(', ')}` : '';
    return `| \`${flags}\` | ${description}${values} |`;
  });
  return ['| Option | What it does |', '| --- | --- |', ...rows].join('\n');
}

const exampleList = (examples: readonly { command: string; explanation: string }[]): string =>
  examples.map(({ command, explanation }) => `- \`${command}\`: ${explanation}`).join('\n');

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
