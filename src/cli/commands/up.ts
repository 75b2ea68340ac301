import { command } from '../command.ts';
import { choice, flag, parsed } from '../option.ts';
import { duration } from '../values.ts';

/** `gantry up` */
export const up = command({
  name: 'up',
  group: 'Run a system',
  summary: 'run the system here, as plain processes with no container engine',
  description:
    'On a terminal: a live table with keys (? shows them); ctrl-C stops everything. Otherwise: plain lines. ' +
    'With --detach it goes on in the background, and the command ends when everything is ready, or has failed.',
  arguments: [{ name: 'service', description: 'only these and what they need', variadic: true, completes: 'service' }],
  options: {
    detach: flag('-d, --detach', 'go on in the background; gantry down stops it'),
    keep: flag('--keep', 'with --detach: leave the system running although something failed'),
    mode: choice('--mode <mode>', 'development when left out: with the dev server of each framework', [
      'development',
      'production',
    ]),
    plain: flag('--plain', 'plain lines on a terminal too'),
    timeout: parsed('--timeout <duration>', 'give up and stop when not everything is ready by then', duration),
    reload: flag('--no-reload', 'do not carry edits of sources and of the model over'),
    engine: flag('--engine', 'use Docker or Podman; comes with the Compose target'),
  },
  examples: [
    { command: 'gantry up', explanation: 'everything, with the live table' },
    { command: 'gantry up gateway', explanation: 'one service and what it needs' },
    { command: 'gantry up --detach --timeout 2m', explanation: 'in the background, for a script' },
  ],
  async run({ terminal, format, ...place }, only, options) {
    const { runUp } = await import('../live/run-up.ts');
    return runUp(terminal, { ...place, format }, { only, ...options });
  },
});
