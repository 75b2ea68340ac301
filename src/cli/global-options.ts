import { choice, flag, text } from './option.ts';

/** Understood by every command, before its name or after it. */
export const globalOptions = {
  dir: text('-C, --dir <folder>', 'look for the model here instead of in the current folder', 'folder'),
  file: text('--file <path>', 'the model, when it is not gantry.yaml or gantry.config.ts', 'file'),
  environment: text('-e, --environment <name>', 'environment of the model to use; local when left out', 'environment'),
  format: choice('--format <format>', 'text for people, json for programs: one object on standard output', [
    'text',
    'json',
  ]),
  color: flag('--no-color', 'no colours; NO_COLOR and FORCE_COLOR are understood too'),
};
