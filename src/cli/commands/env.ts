import { command } from '../command.ts';
import { flag } from '../option.ts';

/** `gantry env` */
export const env = command({
  name: 'env',
  group: 'Look at a running system',
  summary: 'show the variables that a service runs with',
  description: 'Values of secrets are shown as ****** unless --reveal is given.',
  arguments: [{ name: 'service', description: 'name of a service', required: true, completes: 'service' }],
  options: {
    reveal: flag('--reveal', 'show the values of secrets'),
    json: flag('--json', 'one JSON object'),
    export: flag('--export', 'lines that a shell can read'),
  },
  examples: [
    { command: 'gantry env gateway', explanation: 'names and values' },
    { command: 'eval "$(gantry env gateway --export --reveal)"', explanation: 'into this shell' },
  ],
  async run({ terminal, format, ...place }, [service = ''], { reveal, json, export: exported }) {
    const { variablesOf } = await import('../../pipeline/environment.ts');
    const { variableLines } = await import('../output/variables.ts');
    const variables = await variablesOf(place, service, { reveal });
    if (json || format === 'json') terminal.print(`${JSON.stringify(variables, undefined, 2)}\n`);
    else terminal.print(variableLines(variables, exported));
    return 0;
  },
});
