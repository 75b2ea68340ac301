import type { SupervisorClient } from '../../runtimes/local/client.ts';
import { statusText } from '../output/status-text.ts';
import { createScreen } from '../terminal/screen.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Shows the status anew each second until ctrl-C, or until the system is gone. @returns the exit code */
export async function watchStatus(client: SupervisorClient, terminal: Terminal): Promise<number> {
  const screen = createScreen(process.stdout);
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end.abort());
  process.once('exit', screen.close);
  terminal.onGone(() => end.abort());
  let last: string[] = [];
  while (!end.signal.aborted) {
    const status = await client.status().catch(() => undefined);
    if (!status) break;
    const { columns, rows } = screen.size();
    // Beside the table there are the heading, the routes, and two empty lines.
    const room = Math.max(2, rows - status.routes.length - 5);
    const options = { colors: terminal.colors, now: Date.now(), columns: columns - 1, rows: room };
    last = statusText(status, options)
      .trimEnd()
      .split('\n')
      .slice(0, rows - 1);
    screen.draw(last);
    await sleep(1000, end.signal);
  }
  screen.print(last);
  screen.close();
  return 0;
}

/** Ends early, and without an error, when the signal is aborted. */
const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
  });
