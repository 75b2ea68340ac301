import { basename } from 'node:path';
import { fillableCommand } from './command.ts';
import type { Detection, Reload, ServiceFolder } from './language.ts';
import { restartOn } from './reload.ts';

/** Programs and flags that reload on their own, as they stand in a command. */
const reloaders: readonly (readonly string[])[] = [
  ['next', 'dev'],
  ['vite'],
  ['tsx', 'watch'],
  ['nodemon'],
  ['--watch'],
  ['uvicorn', '--reload'],
  ['gunicorn', '--reload'],
  ['--debug'],
  ['air'],
  ['cargo-watch'],
  ['cargo', 'watch'],
  ['watchexec'],
];

/** Whether a command of the user's watches its files itself. */
export const reloadsItself = (argv: readonly string[]): boolean => {
  const words = argv.map((word) => basename(word));
  return reloaders.some((wanted) => wanted.every((word) => words.includes(word)));
};

/** How a folder of no known language is run: the given command, restarted when a file changes. Nothing to prepare. */
export function givenCommand(folder: ServiceFolder, argv: readonly string[]): Detection {
  const reload: Reload = reloadsItself(argv) ? { kind: 'self', restart: [] } : restartOn([folder.path], [], []);
  return {
    language: 'command',
    because: [`the model's ${folder.devCommand ? 'dev command' : 'command'}`],
    certainty: 'manifest',
    recipe: {
      requires: [],
      prepare: [],
      run: fillableCommand(argv, folder.path),
      path: [],
      reload,
    },
    diagnostics: [],
  };
}
