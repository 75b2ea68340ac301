import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { announcer } from '../output/announce.ts';
import { diagnosticLines } from '../output/print-diagnostics.ts';
import { addressLines } from '../output/status-text.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { deadline, latecomers } from './deadline.ts';
import type { EventQueue, ViewedSystem } from './viewed-system.ts';

/**
 * Plain lines, for pipes, logs and those who like them: the output of the services and one line for each change of state.
 * @param options.timeout seconds until everything must be ready
 * @returns the exit code, when the system is gone
 */
export async function plainView(
  terminal: Terminal,
  system: ViewedSystem,
  events: EventQueue,
  options: { timeout?: number },
): Promise<number> {
  const { colors } = terminal;
  const first = await system.status();
  let gone = false;
  let code = 0;
  const print = (lines: string[]) => {
    if (!gone) for (const line of lines) terminal.print(`${line}\n`);
  };
  const format = (diagnostic: Diagnostic) => diagnosticLines(diagnostic, { folder: system.root, colors });
  const announce = announcer({
    colors,
    width: Math.max(0, ...first.processes.map(({ name }) => name.length)),
    progress: true,
    format,
  });
  let ready = false;
  events.drainTo((event) => {
    print(announce(event));
    if (event.type !== 'system' || event.state !== 'ready' || ready) return;
    ready = true;
    met();
    const stop = system.attached ? 'gantry down stops it' : 'ctrl-C stops it';
    void system
      .status()
      .then((now) => print([...addressLines(now, { colors }), '', `${now.system} is ready; ${stop}`]));
  });
  let stops = 0;
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const stop = () => {
    if (system.attached) return leave();
    stops += 1;
    void system.stop({ now: stops > 1 });
  };
  const met = deadline(options.timeout, async (timeout) => {
    print(format(latecomers(await system.status(), timeout)));
    code = 1;
    stop();
  });
  terminal.onGone(() => {
    if (!gone) stop();
    gone = true;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  await Promise.race([system.done, left]);
  met();
  if (!system.attached) print([`${first.system} is stopped`]);
  return code;
}
