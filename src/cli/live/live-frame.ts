import { seconds } from '../output/amounts.ts';
import { processTable } from '../output/process-table.ts';
import type { Colors } from '../terminal/terminal.ts';
import { fitTo, truncate, widthOf } from '../terminal/width.ts';
import type { LiveState } from './live-state.ts';

export interface FrameOptions {
  colors: Colors;
  columns: number;
  rows: number;
  /** Milliseconds since the epoch. */
  now: number;
  /** True when the system goes on without us. */
  attached: boolean;
}

const helpLines = (attached: boolean): string[] => [
  '↑ ↓ or j k  choose a service        f  only its lines, and all again',
  'r  restart it                       o  open it, or the first route',
  '/  only lines with a text           l  clear',
  `esc  undo choice, filter, search    q  ${attached ? 'leave; the system runs on' : 'stop the system and quit'}`,
];

/** The pinned lines: table, help if asked for, and the line that sums up. Never wider or higher than the terminal. */
export function liveFrame(state: LiveState, options: FrameOptions): string[] {
  const { colors } = options;
  const columns = Math.max(1, options.columns - 1);
  const help = state.help ? helpLines(options.attached).map((line) => colors.dim(truncate(line, columns))) : [];
  // One line at least is left for what scrolls by.
  const room = options.rows - help.length - 3;
  const table =
    room < 2
      ? []
      : processTable(state.status.processes, {
          colors,
          columns,
          rows: room,
          selected: state.selected,
          now: options.now,
          progress: state.progress,
        });
  const rule = options.rows > 4 ? [colors.dim('─'.repeat(columns))] : [];
  return [...rule, ...table, ...help, summary(state, options, columns)].slice(-Math.max(1, options.rows - 1));
}

function summary(state: LiveState, { colors, now, attached }: FrameOptions, columns: number): string {
  if (state.searching) return truncate(`/${state.search}▏`, columns);
  const { processes, system, environment } = state.status;
  const good = processes.filter((process) => process.state === 'ready' || process.state === 'completed').length;
  const left = [
    `${system} ${environment === 'local' ? '' : `(${environment}) `}${good}/${processes.length} ready`,
    timing(state, now),
    state.only === undefined ? '' : `only ${state.only}`,
    state.search === '' ? '' : `/${state.search}`,
  ];
  const text = left.filter(Boolean).join(' · ');
  const keys = state.message ?? `? help  f filter  r restart  o open  q ${attached ? 'leave' : 'quit'}`;
  const space = columns - widthOf(text) - 3;
  const paint =
    state.status.state === 'ready' ? colors.green : state.status.state === 'degraded' ? colors.red : colors.yellow;
  if (space < 8) return paint(truncate(text, columns));
  const right = space < widthOf(keys) && state.message === undefined ? '? help' : keys;
  return `${paint(text)}   ${colors.dim(fitTo(right, space, 'right'))}`;
}

function timing(state: LiveState, now: number): string {
  if (state.status.state === 'stopping') return 'stopping (ctrl-C again ends it at once)';
  if (state.readyAfter !== undefined) return `ready in ${seconds(state.readyAfter / 1000)}`;
  return seconds((now - state.startedAt) / 1000);
}
