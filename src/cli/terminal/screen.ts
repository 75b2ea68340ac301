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
const clearScreen = '\x1b[2J\x1b[H';
const up = (lines: number) => (lines > 0 ? `\x1b[${lines}A` : '');

/** Printed lines that are remembered, to be shown again after a resize. No terminal is higher. */
const remembered = 300;

/**
 * Between two drawings the hidden cursor waits at the start of the first pinned line: whatever is below it is ours.
 * A resize makes terminals wrap lines anew and move the cursor, each in its own way; so after one we clear what is seen
 * (not the scrollback) and write it again.
 * @param sink a terminal, usually standard output; the pinned lines must be narrower and fewer than it
 */
export function createScreen(sink: Sink): Screen {
  let waiting: string[] = [];
  const recent: string[] = [];
  let closed = false;
  const size = () => ({ columns: sink.columns || 80, rows: sink.rows || 24 });
  let drawnAt = size();
  const flush = (pinned: readonly string[]) => {
    recent.push(...waiting);
    recent.splice(0, recent.length - remembered);
    const now = size();
    const resized = now.columns !== drawnAt.columns || now.rows !== drawnAt.rows;
    const lines = resized ? lastThatFit(recent, now.columns, now.rows - pinned.length) : waiting;
    drawnAt = now;
    waiting = [];
    const above = lines.map((line) => `${line}${eraseLineRest}\n`).join('');
    const below = pinned.map((line) => `${line}${eraseLineRest}`).join('\n');
    return `${resized ? clearScreen : '\r'}${above}${below}${eraseBelow}\r${up(pinned.length - 1)}`;
  };
  return {
    size,
    print(lines) {
      waiting.push(...lines);
    },
    draw(pinned) {
      if (!closed) sink.write(`${beginFrame}${hideCursor}${flush(pinned)}${endFrame}`);
    },
    clear() {
      waiting = [];
      recent.length = 0;
      if (!closed) sink.write(clearScreen);
    },
    close() {
      if (closed) return;
      closed = true;
      sink.write(`${flush([])}${showCursor}`);
    },
  };
}

/** The last lines that together take no more than so many rows of the terminal. */
function lastThatFit(lines: readonly string[], columns: number, rows: number): string[] {
  let used = 0;
  const from = lines.findLastIndex((line) => {
    used += Math.max(1, Math.ceil(widthOf(line) / columns));
    return used > rows;
  });
  return lines.slice(from + 1);
}
