import { command } from '../command.ts';
import { flag } from '../option.ts';

/** `gantry plan` */
export const plan = command({
  name: 'plan',
  group: 'Look at a model',
  summary: 'show what the model means in one environment, fully resolved',
  options: { json: flag('--json', 'the whole plan as JSON, as every later stage reads it') },
  examples: [
    { command: 'gantry plan', explanation: 'services, connections and start order of the environment local' },
    { command: 'gantry plan -e production --json', explanation: 'everything, for a program' },
  ],
  async run({ terminal, format, ...place }, _arguments, { json }) {
    const { loadPlan } = await import('../../pipeline/load-plan.ts');
    const { plan: made, diagnostics, root } = await loadPlan(place);
    if (json || format === 'json') {
      terminal.print(`${JSON.stringify(made, undefined, 2)}\n`);
      return 0;
    }
    const { printDiagnostics } = await import('../output/print-diagnostics.ts');
    const { planText } = await import('../output/plan-text.ts');
    printDiagnostics(terminal, diagnostics, { folder: root, format });
    terminal.print(planText(made, terminal.colors));
    return 0;
  },
});
