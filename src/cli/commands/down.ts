import { command } from '../command.ts';
import { flag } from '../option.ts';

/** `gantry down` */
export const down = command({
  name: 'down',
  group: 'Run a system',
  summary: 'stop the system; its data stays',
  options: { now: flag('--now', 'do not ask the processes to stop: end them at once') },
  examples: [{ command: 'gantry down', explanation: 'wherever it was started, in a terminal or with --detach' }],
  async run({ terminal, format, ...place }, _arguments, { now }) {
    const { stopSystem } = await import('../../pipeline/down.ts');
    const stopped = await stopSystem(place, { now });
    if (format === 'json') terminal.print(`${JSON.stringify({ stopped: stopped !== undefined, ...stopped })}\n`);
    else if (stopped) terminal.print(`${stopped.system} in ${stopped.environment} is stopped\n`);
    else terminal.print('nothing is running\n');
    return 0;
  },
});
