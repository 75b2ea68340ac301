import { command } from '../command.ts';

/** `gantry reference`: the source of docs/cli.md. */
export const reference = command({
  name: 'reference',
  hidden: true,
  summary: 'print the reference of all commands as Markdown',
  async run({ terminal, program }) {
    const { commandReference } = await import('../output/reference.ts');
    terminal.print(commandReference(program));
    return 0;
  },
});
