import { command } from '../command.ts';
import { flag } from '../option.ts';

/** `gantry status` */
export const status = command({
  name: 'status',
  group: 'Look at a running system',
  summary: 'show every service and backing service: state, address, restarts, CPU and memory',
  description: 'Exits with 1 when the system does not run, or when something in it is not well.',
  options: {
    json: flag('--json', 'the same as one JSON object'),
    watch: flag('-w, --watch', 'keep showing it until ctrl-C'),
  },
  examples: [
    { command: 'gantry status', explanation: 'once' },
    { command: 'gantry status --watch', explanation: 'until ctrl-C' },
    { command: 'gantry status --json', explanation: 'for a program' },
  ],
  async run({ terminal, format, ...place }, _arguments, { json, watch }) {
    const { connect } = await import('../../pipeline/connect.ts');
    const { client } = await connect(place);
    if (watch && terminal.interactive) {
      const { watchStatus } = await import('../live/watch-status.ts');
      return watchStatus(client, terminal);
    }
    const now = await client.status();
    if (json || format === 'json') terminal.print(`${JSON.stringify(now, undefined, 2)}\n`);
    else {
      const { statusText } = await import('../output/status-text.ts');
      terminal.print(statusText(now, { colors: terminal.colors, columns: terminal.columns, now: Date.now() }));
    }
    return now.state === 'degraded' ? 1 : 0;
  },
});
