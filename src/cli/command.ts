import type { Option, Values } from './option.ts';
import type { Terminal } from './terminal/terminal.ts';

/** One argument of a command. */
export interface Argument {
  /** `service`, shown as `<service>` or `[service]`. */
  name: string;
  description: string;
  required?: boolean;
  /** Takes all that follow. */
  variadic?: boolean;
  completes?: 'service' | 'secret';
  choices?: readonly string[];
}

/** What every command is given. */
export interface Context {
  terminal: Terminal;
  /** The whole program, for what answers about commands. */
  program: Command;
  /** Absolute folder in which the model is looked for. */
  folder: string;
  /** Whether the folders above are searched too: yes, unless a folder or file was named. */
  upwards: boolean;
  /** The model's file, when it was named. */
  file?: string;
  environment?: string;
  format: 'text' | 'json';
}

/** A command as declared in `commands/`: data, and `run`, which imports what it needs when it is called. */
export interface Command {
  name: string;
  aliases?: readonly string[];
  /** One line for the list of commands. */
  summary: string;
  /** What the user must know beyond that line, in plain words. */
  description?: string;
  /** Heading in the list of commands. */
  group?: 'Run a system' | 'Look at a running system' | 'Look at a model' | 'Others';
  arguments?: readonly Argument[];
  options?: Record<string, Option<unknown>>;
  examples?: readonly { command: string; explanation: string }[];
  commands?: readonly Command[];
  /** Everything after the first argument belongs to somebody else, dashes included. */
  passThrough?: boolean;
  /** Left out of help; for programs. */
  hidden?: boolean;
  /** @returns the exit code: 0 fine, 1 findings or failure. */
  run?(context: Context, args: string[], options: Record<string, unknown>): Promise<number>;
}

/** Declares a command so that `run` sees the types of its own options. */
export function command<const O extends Record<string, Option<unknown>>>(
  declaration: Omit<Command, 'options' | 'run'> & {
    options?: O;
    run?(context: Context, args: string[], options: Values<O>): Promise<number>;
  },
): Command {
  return declaration as Command;
}
