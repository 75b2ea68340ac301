import type { Command } from './language.ts';

/** What the runtime decides about a process, and a command may mention as `${PORT}` and `${HOST}`. */
export interface Address {
  host: string;
  /** Absent for a worker, which listens nowhere. */
  port?: number;
}

const placeholder = /\$\{(PORT|HOST)\}/g;

/**
 * The command with `${PORT}` and `${HOST}` put in, in arguments and in values of the environment.
 * Without a port, for a worker, `${PORT}` becomes 0: servers take that for "any free one".
 */
export function fillCommand(command: Command, address: Address): Command {
  const fill = (text: string) =>
    text.replace(placeholder, (_, name) => (name === 'PORT' ? String(address.port ?? 0) : address.host));
  return {
    argv: command.argv.map(fill),
    cwd: command.cwd,
    environment: Object.fromEntries(Object.entries(command.environment).map(([name, value]) => [name, fill(value)])),
  };
}

/** A command of the user's, word for word; `$PORT` and `$HOST` that stand alone mean the placeholders. */
export const fillableCommand = (argv: readonly string[], cwd: string, environment = {}): Command => ({
  argv: argv.map((word) => word.replace(/^\$(PORT|HOST)$/, '${$1}')),
  cwd,
  environment,
});

/** A shell line that needs no shell. */
export interface PlainCommand {
  words: string[];
  /** From `NAME=value` in front of the program. */
  environment: Record<string, string>;
}

/**
 * Takes a line of shell apart when it is one plain command, so that it can be run without a shell in between.
 * `$PORT`, `${PORT}`, `${PORT:-3000}` and the same with HOST become placeholders.
 * @returns undefined when it takes a shell to run it: pipes, lists, substitutions, globs, redirections.
 */
export function plainCommand(line: string): PlainCommand | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let rest = line.trim();
  while (rest !== '') {
    const piece = pieces
      .map(({ form, text }) => ({ match: form.exec(rest), text }))
      .find(({ match }) => match !== null);
    if (!piece?.match) return undefined;
    rest = rest.slice(piece.match[0].length);
    const text = piece.text(piece.match);
    if (text === undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + text;
  }
  if (word !== undefined) words.push(word);
  const environment: Record<string, string> = {};
  while (words[0] !== undefined) {
    const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[0]);
    if (!assignment?.[1]) break;
    environment[assignment[1]] = assignment[2] ?? '';
    words.shift();
  }
  return words.length === 0 ? undefined : { words, environment };
}

/** The pieces a word is made of (POSIX shell, 2.2 Quoting); space between words is the piece without text. */
const pieces: { form: RegExp; text(match: RegExpExecArray): string | undefined }[] = [
  { form: /^\s+/, text: () => undefined },
  { form: /^'([^']*)'/, text: (match) => match[1] ?? '' },
  { form: /^"((?:[^"\\$`]|\\["\\$`])*)"/, text: (match) => (match[1] ?? '').replace(/\\(["\\$`])/g, '$1') },
  { form: /^"?\$(PORT|HOST)\b"?/, text: (match) => `\${${match[1]}}` },
  { form: /^"?\$\{(PORT|HOST)(?::?-[\w.:-]*)?\}"?/, text: (match) => `\${${match[1]}}` },
  { form: /^\\([^\n])/, text: (match) => match[1] ?? '' },
  { form: /^[\w@%+=:,./-]+/, text: (match) => match[0] },
];
