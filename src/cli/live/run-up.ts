import { engineNotYet } from '../../diagnostics/catalogue/command.ts';
import { runtimeAlreadyRunning } from '../../diagnostics/catalogue/runtime.ts';
import { Failure } from '../../diagnostics/diagnostic.ts';
import type { ModelPlace } from '../../pipeline/locate.ts';
import { prepareUp, superviseHere, type UpOptions } from '../../pipeline/up.ts';
import type { SupervisorClient } from '../../runtimes/local/client.ts';
import type { Supervisor } from '../../runtimes/local/supervisor.ts';
import { printDiagnostics } from '../output/print-diagnostics.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { followUntilReady } from './follow-until-ready.ts';
import { plainView } from './plain-view.ts';
import { type EventQueue, eventQueue, type ViewedSystem } from './viewed-system.ts';

export interface RunUpOptions extends UpOptions {
  detach: boolean;
  keep: boolean;
  plain: boolean;
  engine: boolean;
  /** Seconds. */
  timeout?: number;
}

type Place = ModelPlace & { format: 'text' | 'json' };

/** `gantry up` in all its forms. @returns the exit code */
export async function runUp(terminal: Terminal, place: Place, options: RunUpOptions): Promise<number> {
  if (options.engine) throw new Failure([engineNotYet()]);
  const startedAt = Date.now();
  const { planned, running, background } = await prepareUp(place, options);
  const { plan, root } = planned;
  printDiagnostics(terminal, planned.diagnostics, { folder: root, format: 'text' });
  if (running) {
    const { supervisor } = await running.status();
    if (!supervisor.detached) throw new Failure([runtimeAlreadyRunning(plan.system, plan.environment, supervisor.pid)]);
    terminal.notice(`${plan.system} runs already in the background (process ${supervisor.pid})\n`);
  }
  const client = running ?? (await background?.handOver(planned));
  if (options.detach && client) {
    return followUntilReady(terminal, client, { ...options, root, format: place.format, ours: !running });
  }
  const events = eventQueue();
  const system = running
    ? viewClient(running, root, events)
    : viewSupervisor(await superviseHere(place, planned, { ...options, onEvent: events.push }), root);
  return view(terminal, system, events, { startedAt, timeout: options.timeout, plain: options.plain });
}

interface ViewOptions {
  startedAt: number;
  timeout?: number;
  plain: boolean;
}

async function view(
  terminal: Terminal,
  system: ViewedSystem,
  events: EventQueue,
  options: ViewOptions,
): Promise<number> {
  if (options.plain || !terminal.interactive) return plainView(terminal, system, events, options);
  const { liveView } = await import('./live-view.ts');
  return liveView(terminal, system, events, options);
}

const viewSupervisor = (supervisor: Supervisor, root: string): ViewedSystem => ({
  status: async () => supervisor.status(),
  restart: supervisor.restart,
  stop: supervisor.stop,
  done: supervisor.done,
  attached: false,
  root,
});

/** The background system; its events go into the queue until it ends. */
function viewClient(client: SupervisorClient, root: string, events: EventQueue): ViewedSystem {
  const done = (async () => {
    for await (const event of client.events()) events.push(event);
  })();
  return { status: client.status, restart: client.restart, stop: client.stop, done, attached: true, root };
}
