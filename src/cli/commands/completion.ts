import { command } from '../command.ts';

/** `gantry completion` */
export const completion = command({
  name: 'completion',
  group: 'Others',
  summary: 'print a script that completes commands, options, services and environments in your shell',
  arguments: [{ name: 'shell', description: 'bash, zsh or fish', required: true, choices: ['bash', 'zsh', 'fish'] }],
  examples: [
    { command: 'source <(gantry completion bash)', explanation: 'in ~/.bashrc' },
    { command: 'source <(gantry completion zsh)', explanation: 'in ~/.zshrc, after compinit' },
    { command: 'gantry completion fish | source', explanation: 'in ~/.config/fish/config.fish' },
  ],
  async run(_context, [shell = '']) {
    const { printCompletionScript } = await import('../completion.ts');
    printCompletionScript(shell);
    return 0;
  },
});
