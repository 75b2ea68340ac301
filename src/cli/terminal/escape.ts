import { stripVTControlCharacters } from 'node:util';

// ECMA-48: CSI sequences; those that end in `m` set colours, all others move, erase or ask.
const sequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are control characters
  /\x1b\[[0-9;:<=>?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[PX^_][^\x1b]*(?:\x1b\\)?|\x1b[ -/]*[0-~]|[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const coloring = /^\x1b\[[0-9;:]*m$/;

/**
 * A line of a service's output made safe to stand above the table: colours stay, and whatever else would move the
 * cursor, clear the screen, or set the title goes. Tabs become spaces; a carriage return leaves the last overwrite.
 */
export function safeLine(line: string): string {
  const last = line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
  const kept = last
    .replace(sequence, (code) => (coloring.test(code) ? code : ''))
    .replace(/\t/g, '    ')
    .replace(/\n/g, ' ');
  return kept.includes('\x1b[') ? `${kept}\x1b[0m` : kept;
}

/** The line without any escape code or control character, for files and pipes. */
export const plainLine = (line: string): string => stripVTControlCharacters(safeLine(line));
