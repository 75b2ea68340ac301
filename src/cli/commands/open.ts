import { command } from '../command.ts';
import { flag } from '../option.ts';

/** `gantry open` */
export const open = command({
  name: 'open',
  group: 'Look at a running system',
  summary: 'show a route or a service in the browser',
  arguments: [
    { name: 'name', description: 'a route or a service; the first route when left out', completes: 'service' },
  ],
  options: { print: flag('--print', 'only print the address') },
  examples: [
    { command: 'gantry open', explanation: 'the first route' },
    { command: 'curl "$(gantry open gateway --print)/health"', explanation: 'in a script' },
  ],
  async run({ terminal, format, ...place }, [name], { print }) {
    const { openAddress } = await import('../../pipeline/open.ts');
    const address = await openAddress(place, name, !print);
    terminal.print(format === 'json' ? `${JSON.stringify({ address })}\n` : `${address}\n`);
    return 0;
  },
});
