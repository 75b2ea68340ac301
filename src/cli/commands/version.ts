import { command } from '../command.ts';

/** `gantry version` */
export const version = command({
  name: 'version',
  group: 'Others',
  summary: 'print the version of Gantry',
  examples: [{ command: 'gantry version', explanation: 'for example in a report of a bug' }],
  async run({ terminal, format }) {
    const { versionOfGantry } = await import('../../pipeline/version.ts');
    const number = await versionOfGantry();
    terminal.print(format === 'json' ? `${JSON.stringify({ version: number })}\n` : `${number}\n`);
    return 0;
  },
});
