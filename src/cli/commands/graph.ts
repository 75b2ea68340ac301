import { command } from '../command.ts';
import { choice, text } from '../option.ts';

/** `gantry graph` */
export const graph = command({
  name: 'graph',
  group: 'Look at a model',
  summary: 'draw who talks to whom',
  options: {
    format: choice('--format <format>', 'text when left out', ['text', 'mermaid', 'svg']),
    output: text('-o, --output <file>', 'write to this file instead of standard output', 'file'),
  },
  examples: [
    { command: 'gantry graph', explanation: 'each service with what it connects to, and the variable that says so' },
    { command: 'gantry graph --format mermaid', explanation: 'for a Markdown page' },
    { command: 'gantry graph --format svg -o system.svg', explanation: 'a picture' },
  ],
  async run({ terminal, ...place }, _arguments, { format, output }) {
    const { drawGraph } = await import('../../pipeline/graph.ts');
    const drawn = await drawGraph({ ...place, format: format ?? 'text', output });
    if (output === undefined) terminal.print(drawn);
    return 0;
  },
});
