import { command } from '../command.ts';

/** `gantry check` */
export const check = command({
  name: 'check',
  aliases: ['validate'],
  group: 'Look at a model',
  summary: 'read the model and say everything that is wrong with it',
  description:
    'Reads the model and plans every environment, or the one that is named. Starts nothing and writes nothing.',
  examples: [
    { command: 'gantry check', explanation: 'every environment' },
    { command: 'gantry check -e production --format json', explanation: 'for a program' },
  ],
  async run({ terminal, format, ...place }) {
    const { checkModel } = await import('../../pipeline/check-model.ts');
    const { plan, diagnostics, root, file } = await checkModel(place);
    if (format === 'json') {
      const { system, environment } = plan;
      terminal.print(`${JSON.stringify({ valid: true, system, environment, diagnostics }, undefined, 2)}\n`);
      return 0;
    }
    const { printDiagnostics } = await import('../output/print-diagnostics.ts');
    const { counted } = await import('../output/amounts.ts');
    printDiagnostics(terminal, diagnostics, { folder: root, format });
    const parts = [
      counted(Object.keys(plan.workloads).length, 'service'),
      counted(Object.keys(plan.backing).length, 'backing service'),
      counted(plan.connections.length, 'connection'),
    ];
    terminal.print(`${file} is good: ${plan.system} in ${plan.environment}, ${parts.join(', ')}\n`);
    return 0;
  },
});
