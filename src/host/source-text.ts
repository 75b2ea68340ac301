import { readFileSync } from 'node:fs';

/** Text of a file for showing the line of an error; undefined when it cannot be read. Not for anything that is done often. */
export function sourceText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
