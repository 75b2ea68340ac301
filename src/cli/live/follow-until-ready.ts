import type { SupervisorClient } from '../../runtimes/local/client.ts';
import type { SystemStatus } from '../../runtimes/local/status.ts';
import { announcer } from '../output/announce.ts';
import { diagnosticLines } from '../output/print-diagnostics.ts';
import { processTable } from '../output/process-table.ts';
import { addressLines } from '../output/status-text.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { deadline, latecomers } from './deadline.ts';

export interface FollowOptions {
  /** Absolute folder of the model. */
  root: string;
  format: 'text' | 'json';
  /** Seconds. */
  timeout?: number;
  /** Whether this command started the system, and so stops it when it fails. */
  ours: boolean;
  keep: boolean;
}

/**
 * Shows how a background system comes up, until everything is ready or something has failed for good.
 * Progress goes to standard error, the addresses to standard output.
 * @returns 0 when ready; 1 otherwise, and then a system that we started is stopped again unless it is to be kept
 */
export async function followUntilReady(
  terminal: Terminal,
  client: SupervisorClient,
  options: FollowOptions,
): Promise<number> {
  const { root, format, timeout } = options;
  const enough = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => enough.abort());
  let late = false;
  const met = deadline(timeout, () => {
    late = true;
    enough.abort();
  });
  const first = await client.status();
  const outcome = await follow(terminal, client, first, { root, signal: enough.signal });
  met();
  const status = await client.status().catch(() => first);
  if (late) {
    const place = { folder: root, colors: terminal.noticeColors };
    terminal.notice(`${diagnosticLines(latecomers(status, timeout ?? 0), place).join('\n')}\n`);
  }
  if (format === 'json') terminal.print(`${JSON.stringify(status, undefined, 2)}\n`);
  else if (outcome === 'ready') {
    const { colors } = terminal;
    const lines = [
      ...addressLines(status, { colors }).slice(1),
      `${status.system} is ready in the background; gantry down stops it`,
    ];
    terminal.print(`${lines.join('\n')}\n`);
  } else {
    const table = processTable(status.processes, { colors: terminal.noticeColors, now: Date.now() });
    terminal.notice(`${table.join('\n')}\n`);
  }
  if (outcome === 'ready') return 0;
  if (options.ours && !options.keep) {
    await client.stop();
    terminal.notice(`${status.system} is stopped; gantry logs shows what it wrote, --keep leaves it running\n`);
  }
  return 1;
}

/** Prints what happens until the system is ready or degraded; undefined when it was cut short. */
async function follow(
  terminal: Terminal,
  client: SupervisorClient,
  first: SystemStatus,
  { root, signal }: { root: string; signal: AbortSignal },
): Promise<'ready' | 'degraded' | undefined> {
  const colors = terminal.noticeColors;
  const announce = announcer({
    colors,
    width: Math.max(0, ...first.processes.map(({ name }) => name.length)),
    progress: true,
    format: (diagnostic) => diagnosticLines(diagnostic, { folder: root, colors }),
  });
  for await (const event of client.events(signal)) {
    // Output of the services is in `gantry logs`; here it would bury how far the start is.
    if (event.type !== 'log') for (const line of announce(event)) terminal.notice(`${line}\n`);
    if (event.type === 'system' && (event.state === 'ready' || event.state === 'degraded')) return event.state;
  }
  return undefined;
}
