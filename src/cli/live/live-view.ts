import { type Diagnostic, Failure } from '../../diagnostics/diagnostic.ts';
import { recentLines } from '../../pipeline/logs.ts';
import { openInBrowserOf } from '../../pipeline/open.ts';
import type { SystemStatus } from '../../runtimes/local/status.ts';
import { type AnnouncerOptions, announcer } from '../output/announce.ts';
import { diagnosticLines } from '../output/print-diagnostics.ts';
import { addressLines } from '../output/status-text.ts';
import { takeKeyboard } from '../terminal/keyboard.ts';
import { createScreen } from '../terminal/screen.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { deadline, latecomers } from './deadline.ts';
import { liveFrame } from './live-frame.ts';
import { type Action, pressKey } from './live-keys.ts';
import { applyEvent, initialState, takeStatus, wants } from './live-state.ts';
import { stopper } from './stopper.ts';
import type { EventQueue, ViewedSystem } from './viewed-system.ts';

/** Milliseconds between two frames, and between two samples of CPU and memory. */
const frameTime = 100;
const sampleTime = 1000;

/** States that get a line of their own above the table, for they need attention. */
const alarming: AnnouncerOptions['states'] = ['failed', 'unready', 'completed'];

/**
 * The table at the bottom, the output of the services above it, and keys, until the system is gone or the user leaves.
 * @param options.startedAt milliseconds since the epoch
 * @param options.timeout seconds until everything must be ready
 * @returns the exit code
 */
export async function liveView(
  terminal: Terminal,
  system: ViewedSystem,
  events: EventQueue,
  options: { startedAt: number; timeout?: number },
): Promise<number> {
  const { colors } = terminal;
  const state = initialState(await system.status(), options.startedAt);
  const screen = createScreen(process.stdout);
  const format = (diagnostic: Diagnostic) => diagnosticLines(diagnostic, { folder: system.root, colors });
  const announce = announcer({
    colors,
    width: Math.max(0, ...state.status.processes.map(({ name }) => name.length)),
    states: alarming,
    progress: false,
    format,
  });
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    clearTimeout(timer);
    timer = undefined;
    screen.draw(liveFrame(state, { colors, ...screen.size(), now: Date.now(), attached: system.attached }));
  };
  const redraw = () => {
    timer ??= setTimeout(draw, frameTime);
  };
  const say = (lines: readonly string[]) => {
    screen.print(lines);
    redraw();
  };
  const complain = (error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    say(error.diagnostics.flatMap(format));
  };
  let code = 0;
  const met = deadline(options.timeout, (timeout) => {
    complain(new Failure([latecomers(state.status, timeout)]));
    code = 1;
    quit();
  });
  events.drainTo((event) => {
    const wasReady = state.readyAfter !== undefined;
    applyEvent(state, event);
    say(event.type === 'log' && !wants(state, event) ? [] : announce(event));
    if (wasReady || state.readyAfter === undefined) return;
    met();
    system.status().then((now) => say([...addressLines(now, { colors }), '']), complain);
  });
  const sample = setInterval(() => {
    const take = (fresh: SystemStatus) => {
      takeStatus(state, fresh);
      redraw();
    };
    system.status().then(take, () => {});
  }, sampleTime);
  const { stop, left } = stopper(system, (diagnostics) => say(diagnostics.flatMap(format)));
  const quit = () => {
    if (!system.attached) state.status.state = 'stopping';
    stop();
  };
  const effects: Record<Action['type'], (action: Action) => unknown> = {
    quit,
    restart: (action) => action.name && system.restart([action.name]).catch(complain),
    open: (action) =>
      openInBrowserOf(state.status, action.name).then((address) => say([`opened ${address}`]), complain),
    clear: screen.clear,
    recall: () => recall().catch(complain),
    redraw: () => {},
  };
  async function recall(): Promise<void> {
    const lines = await recentLines(system.root, state.status, state.only);
    const title = [state.only ? `only ${state.only}` : 'all services', state.search && `with "${state.search}"`];
    say([colors.dim(`── ${title.filter(Boolean).join(' ')} ──`)]);
    for (const line of lines) if (wants(state, line)) say(announce({ type: 'log', ...line }));
  }
  const giveBack = takeKeyboard({
    onKey(key) {
      const action = pressKey(state, key);
      if (!action) return;
      effects[action.type](action);
      redraw();
    },
    onResize: draw,
    onSignal: quit,
    onExit: screen.close,
  });
  terminal.onGone(quit);
  draw();
  try {
    await Promise.race([system.done, left]);
  } finally {
    clearInterval(sample);
    clearTimeout(timer);
    met();
    draw();
    screen.close();
    giveBack();
  }
  if (!system.attached) terminal.print(`${state.status.system} is stopped\n`);
  return code;
}
