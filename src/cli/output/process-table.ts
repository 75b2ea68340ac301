import type { ProcessState, ProcessStatus } from '../../runtimes/local/status.ts';
import { plainLine } from '../terminal/escape.ts';
import type { Colors } from '../terminal/terminal.ts';
import { fitTo, widthOf } from '../terminal/width.ts';
import { bytes, percent, seconds } from './amounts.ts';

export interface TableOptions {
  colors: Colors;
  /** Columns of the terminal; unlimited when left out. */
  columns?: number;
  /** Lines the table may take, heading included; unlimited when left out. */
  rows?: number;
  /** Index of the selected process. */
  selected?: number;
  /** Milliseconds since the epoch. */
  now: number;
  /** Last message of a long step, by name. */
  progress?: ReadonlyMap<string, string>;
}

interface Column {
  heading: string;
  cell(process: ProcessStatus): string;
  align?: 'left' | 'right';
  /** The first to go when the terminal is narrow has the lowest number. */
  weight: number;
  /** Takes what room is left, but no less than this. */
  flexible?: number;
  paint?(text: string, process: ProcessStatus, colors: Colors): string;
}

const mark: Record<ProcessState, string> = {
  waiting: '○',
  preparing: '◐',
  starting: '◐',
  ready: '●',
  unready: '◌',
  reloading: '◐',
  'backing-off': '✗',
  completed: '✓',
  failed: '✗',
  stopping: '◌',
  stopped: '○',
};

/** Green for good, yellow for on the way, red for wrong, grey for not now. */
export function paintState(state: ProcessState, colors: Colors): (text: string) => string {
  if (state === 'ready' || state === 'completed') return colors.green;
  if (state === 'failed' || state === 'backing-off' || state === 'unready') return colors.red;
  if (state === 'waiting' || state === 'stopped') return colors.gray;
  return colors.yellow;
}

/** States in which a long step may be under way, so that its age is worth a place. */
const moving: ReadonlySet<ProcessState> = new Set(['preparing', 'starting', 'reloading', 'stopping']);

const columnsOf = (options: TableOptions): Column[] => [
  { heading: 'NAME', cell: (process) => process.name, weight: 9, flexible: 8 },
  {
    heading: 'STATE',
    cell: (process) => `${mark[process.state]} ${process.state}`,
    weight: 8,
    paint: (text, process, colors) => paintState(process.state, colors)(text),
  },
  { heading: 'ADDRESS', cell: (process) => Object.values(process.addresses)[0] ?? '', weight: 6 },
  {
    heading: 'RESTARTS',
    cell: (process) => (process.restarts === 0 ? '' : String(process.restarts)),
    align: 'right',
    weight: 2,
    paint: (text, _process, colors) => colors.yellow(text),
  },
  { heading: 'CPU', cell: ({ cpu }) => (cpu === undefined ? '' : percent(cpu)), align: 'right', weight: 3 },
  { heading: 'MEMORY', cell: ({ memory }) => (memory === undefined ? '' : bytes(memory)), align: 'right', weight: 4 },
  {
    heading: 'DETAIL',
    cell: (process) => detailOf(process, options),
    weight: 5,
    flexible: 16,
    paint: (text, process, colors) => (process.state === 'failed' ? colors.red(text) : colors.dim(text)),
  },
];

function detailOf(process: ProcessStatus, options: TableOptions): string {
  const age = (options.now - process.since) / 1000;
  const elapsed = moving.has(process.state) && age >= 1 ? seconds(age) : '';
  const progress = moving.has(process.state) ? options.progress?.get(process.name) : undefined;
  return [elapsed, plainLine(progress ?? process.detail ?? process.note ?? '')].filter(Boolean).join('  ');
}

/** The processes as lines, none wider than the terminal. Columns with nothing in them are left out. */
export function processTable(processes: readonly ProcessStatus[], options: TableOptions): string[] {
  const { colors } = options;
  const cells = columnsOf(options).map((column) => ({ column, texts: processes.map(column.cell), width: 0 }));
  let shown = cells.filter(({ column, texts }) => column.weight >= 8 || texts.some(Boolean));
  for (const cell of shown) cell.width = Math.max(widthOf(cell.column.heading), ...cell.texts.map(widthOf));
  shown = narrow(shown, options.columns);
  const line = (index: number): string => {
    const end = shown.findLastIndex(({ texts }) => texts[index]) + 1;
    const parts = shown.slice(0, end).map(({ column, texts, width }, place) => {
      const padded = fitTo(texts[index] ?? '', width, column.align);
      const text = place === end - 1 ? padded.trimEnd() : padded;
      return column.paint ? column.paint(text, processes[index] as ProcessStatus, colors) : text;
    });
    return parts.join('  ');
  };
  const window = visible(processes.length, options);
  const heading = shown.map(({ column, width }) => fitTo(column.heading, width, column.align)).join('  ');
  const lines = [colors.dim(heading.trimEnd())];
  for (let index = window.from; index < window.to; index += 1) {
    lines.push(index === options.selected ? colors.inverse(line(index)) : line(index));
  }
  const hidden = processes.length - (window.to - window.from);
  if (hidden > 0) lines.push(colors.dim(fitTo(`… ${hidden} more`, options.columns ?? 20).trimEnd()));
  return lines;
}

type Sized = { column: Column; texts: string[]; width: number };

/** Shrinks the flexible columns, then drops the least important ones, until the line fits. */
function narrow(cells: Sized[], columns: number | undefined): Sized[] {
  if (columns === undefined) return cells;
  let kept = cells;
  for (;;) {
    const excess = kept.reduce((sum, { width }) => sum + width, 2 * (kept.length - 1)) - columns;
    if (excess <= 0) return kept;
    const slack = kept.map(({ column, width }) => Math.max(0, width - (column.flexible ?? width)));
    const detail = kept.findIndex(({ column }) => column.heading === 'DETAIL');
    if (detail >= 0 && (slack[detail] ?? 0) >= excess) {
      return kept.map((cell, index) => (index === detail ? { ...cell, width: cell.width - excess } : cell));
    }
    if (kept.length <= 2) return onlyName(kept, columns, excess);
    const least = kept.reduce((lowest, cell) => (cell.column.weight < lowest.column.weight ? cell : lowest));
    kept = kept.filter((cell) => cell !== least);
  }
}

/** The last resort: the name with its state, cut; and on a terminal too narrow for that, the name alone. */
function onlyName(kept: Sized[], columns: number, excess: number): Sized[] {
  const [name, ...others] = kept as [Sized, ...Sized[]];
  if (name.width - excess >= 1) return [{ ...name, width: name.width - excess }, ...others];
  return [{ ...name, width: Math.min(name.width, columns) }];
}

/** Which processes have room; the selected one is always among them. */
function visible(count: number, { rows, selected }: TableOptions): { from: number; to: number } {
  if (rows === undefined || count + 1 <= rows) return { from: 0, to: count };
  const room = Math.max(0, rows - 2);
  const from = Math.min(Math.max(0, (selected ?? 0) - room + 1), count - room);
  return { from, to: from + room };
}
