import { command } from '../command.ts';

/** `gantry restart` */
export const restart = command({
  name: 'restart',
  group: 'Run a system',
  summary: 'stop services and start them again, with their `before` commands',
  arguments: [
    {
      name: 'service',
      description: 'names of services or backing services',
      required: true,
      variadic: true,
      completes: 'service',
    },
  ],
  examples: [
    { command: 'gantry restart gateway', explanation: 'one service' },
    { command: 'gantry restart postgres gateway', explanation: 'several; each waits for what it needs' },
  ],
  async run({ terminal, format, ...place }, names) {
    const { restartServices } = await import('../../pipeline/restart.ts');
    const restarted = await restartServices(place, names);
    if (format === 'json') terminal.print(`${JSON.stringify({ processes: restarted }, undefined, 2)}\n`);
    else {
      const { processTable } = await import('../output/process-table.ts');
      terminal.print(
        `${processTable(restarted, { colors: terminal.colors, columns: terminal.columns, now: Date.now() }).join('\n')}\n`,
      );
    }
    return restarted.every(({ state }) => state === 'ready' || state === 'completed') ? 0 : 1;
  },
});
