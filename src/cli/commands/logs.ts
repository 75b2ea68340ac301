import { command } from '../command.ts';
import { flag, parsed } from '../option.ts';
import { count, duration } from '../values.ts';

/** `gantry logs` */
export const logs = command({
  name: 'logs',
  group: 'Look at a running system',
  summary: 'show what the services wrote, of this run and of earlier ones',
  description: 'Works whether the system runs or not.',
  arguments: [{ name: 'service', description: 'only these; all when left out', variadic: true, completes: 'service' }],
  options: {
    follow: flag('-f, --follow', 'keep showing new lines until ctrl-C'),
    since: parsed('--since <duration>', 'only lines of so long ago or newer: 30s, 10m, 2h', duration),
    raw: flag('--raw', 'structured lines (JSON) as the services wrote them'),
    tail: parsed('--tail <lines>', 'only so many of the last lines', count),
  },
  examples: [
    { command: 'gantry logs -f gateway', explanation: 'one service, as it comes' },
    { command: 'gantry logs --since 10m', explanation: 'all services, the last ten minutes' },
  ],
  async run({ terminal, format, ...place }, names, { follow, since, tail, raw }) {
    const { systemLogs } = await import('../../pipeline/logs.ts');
    const { logPrinter } = await import('../output/log-printer.ts');
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
    const { lines, width } = await systemLogs({
      ...place,
      names,
      follow,
      tail,
      since: since === undefined ? undefined : Date.now() - since * 1000,
      signal: stop.signal,
    });
    const print = logPrinter(terminal.colors, width, raw);
    for await (const line of lines) {
      const shown = format === 'json' ? [JSON.stringify(line)] : print(line);
      terminal.print(shown.map((each) => `${each}\n`).join(''));
    }
    return 0;
  },
});
