import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { announcer } from '../output/announce.ts';
import { diagnosticLines } from '../output/print-diagnostics.ts';
import { addressLines } from '../output/status-text.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { deadline, latecomers } from './deadline.ts';
import { stopper } from './stopper.ts';
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
  const { stop, left } = stopper(system, (diagnostics) => print(diagnostics.flatMap(format)));
  const met = deadline(options.timeout, async (timeout) => {
    print(format(latecomers(await system.status(), timeout)));
    code = 1;
    stop();
  });
  let ready = false;
  events.drainTo((event) => {
    print(announce(event));
    if (event.type === 'system' && event.state === 'degraded') {
      print([`${first.system} is not well; gantry status shows what is wrong, the rest runs on`]);
    }
    if (event.type !== 'system' || event.state !== 'ready' || ready) return;
    ready = true;
    met();
    const how = system.attached ? 'gantry down stops it' : 'ctrl-C stops it';
    const said = `${first.system} is ready; ${how}`;
    // The system may be gone again before it can be asked.
    system.status().then(
      (now) => print([...addressLines(now, { colors }), '', said]),
      () => {},
    );
  });
  terminal.onGone(() => {
    if (!gone) stop();
    gone = true;
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  await Promise.race([system.done, left]);
  met();
  const stillRuns = system.attached && (await isRunning(system));
  print([stillRuns ? `${first.system} runs on; gantry down stops it` : `${first.system} is stopped`]);
  return code;
}

const isRunning = (system: ViewedSystem): Promise<boolean> =>
  system.status().then(
    () => true,
    () => false,
  );
