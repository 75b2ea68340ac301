import { command } from '../command.ts';
import { flag } from '../option.ts';

/** `gantry schema` */
export const schema = command({
  name: 'schema',
  group: 'Look at a model',
  summary: 'print the JSON Schema of the model, for editors',
  options: { plan: flag('--plan', 'the schema of the plan instead') },
  examples: [
    { command: 'gantry schema > gantry.schema.json', explanation: 'the package holds it too, as gantry/schema.json' },
  ],
  async run({ terminal }, _arguments, { plan }) {
    const { modelSchema, planSchema } = await import('../../pipeline/schema.ts');
    terminal.print(`${JSON.stringify(await (plan ? planSchema() : modelSchema()), undefined, 2)}\n`);
    return 0;
  },
});
