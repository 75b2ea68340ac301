import measure from 'fast-string-truncated-width';
import type { Position } from './diagnostic.ts';

/** A line of a file and the carets below it, ready to print in a fixed-width font. */
export interface Frame {
  /** The line's number. */
  number: number;
  /** The line, or the part of it around the place when it is long. Tabs are spaces, control characters are visible. */
  line: string;
  /** Spaces, then carets below what is meant. */
  carets: string;
}

/** Columns of a line that are shown; a longer one is cut around the place that is meant. */
const widest = 110;

/**
 * The line of a position with carets under it.
 * @returns undefined when the text has no such line, for the file may have changed since
 */
export function frameOf(text: string, { line: number, column, length = 1 }: Position): Frame | undefined {
  const line = lineOf(text, number);
  if (line === undefined) return undefined;
  const start = Math.min(column - 1, line.length);
  const end = Math.min(start + Math.max(length, 1), Math.max(line.length, start + 1));
  const { from, to } = windowOf(line, start, end);
  const shown = (first: number, last: number) => visible(line.slice(first, last));
  const left = from > 0 ? '…' : '';
  const right = to < line.length ? '…' : '';
  const offset = measure(left + shown(from, start)).width;
  const width = Math.max(1, measure(shown(start, Math.min(end, to))).width);
  return {
    number,
    line: left + shown(from, to) + right,
    carets: ' '.repeat(offset) + '^'.repeat(width),
  };
}

/** Text without anything that would move the cursor or hide text: tabs are two spaces, other control characters are named. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  return text.replace(/[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (character) =>
    character === '\t' ? '  ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The text of a line by its number from 1, without its line end. */
function lineOf(text: string, number: number): string | undefined {
  let start = 0;
  for (let line = 1; line < number; line += 1) {
    start = text.indexOf('\n', start) + 1;
    if (start === 0) return undefined;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
}

/** Which part of a long line to show: what is meant, with some of what is before and after. */
function windowOf(line: string, start: number, end: number): { from: number; to: number } {
  if (line.length <= widest) return { from: 0, to: line.length };
  const room = Math.max(0, widest - (end - start));
  const from = whole(line, Math.max(0, Math.min(start - Math.floor(room / 3), line.length - widest)));
  return { from, to: whole(line, Math.min(line.length, from + widest)) };
}

/** Not between the halves of a surrogate pair. */
const whole = (line: string, index: number): number => {
  const code = line.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index - 1 : index;
};
