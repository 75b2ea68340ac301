import { widthOf } from './width.ts';

/** Lines at the bottom of the terminal that stay, while other lines scroll by above them into the real scrollback. */
export interface Screen {
  /** Lines to print above the pinned ones, at the next drawing. */
  print(lines: readonly string[]): void;
  /** Writes what was printed and replaces the pinned lines; one write, so that nothing flickers. */
  draw(pinned: readonly string[]): void;
  /** Clears what is seen; the scrollback stays. */
  clear(): void;
  /** Removes the pinned lines and shows the cursor again. May be called twice. */
  close(): void;
  size(): { columns: number; rows: number };
}

/** The part of a terminal stream that a screen needs. */
export interface Sink {
  write(text: string): unknown;
  columns?: number;
  rows?: number;
}

// ECMA-48 and, for the last two, the "synchronized output" extension that terminals without it ignore.
const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const eraseLineRest = '\x1b[K';
const eraseBelow = '\x1b[J';
const beginFrame = '\x1b[?2026h';
const endFrame = '\x1b[?2026l';
const up = (lines: number) => (lines > 0 ? `\x1b[${lines}A` : '');

/** @param sink a terminal, usually standard output */
export function createScreen(sink: Sink): Screen {
  let waiting: string[] = [];
  /** Widths of the pinned lines as last drawn: after a resize the terminal may have wrapped them. */
  let drawn: number[] = [];
  let closed = false;
  const size = () => ({ columns: sink.columns || 80, rows: sink.rows || 24 });
  /** From the end of the last pinned line to the start of the first. */
  const toTop = () => {
    const { columns, rows } = size();
    const lines = drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    return drawn.length === 0 ? '' : `\r${up(Math.min(lines, rows) - 1)}`;
  };
  const flush = (pinned: readonly string[]) => {
    const above = waiting.map((line) => `${line}${eraseLineRest}\n`).join('');
    waiting = [];
    const below = pinned.map((line) => `${line}${eraseLineRest}`).join('\n');
    const text = `${toTop()}${above}${below}${eraseBelow}`;
    drawn = pinned.map(widthOf);
    return text;
  };
  return {
    size,
    print(lines) {
      waiting.push(...lines);
    },
    draw(pinned) {
      if (closed) return;
      sink.write(`${beginFrame}${hideCursor}${flush(pinned)}${endFrame}`);
    },
    clear() {
      if (closed) return;
      sink.write('\x1b[2J\x1b[H');
      waiting = [];
      drawn = [];
    },
    close() {
      if (closed) return;
      closed = true;
      sink.write(`${flush([])}${showCursor}`);
    },
  };
}
