import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A fenced block of a page. */
export interface Fence {
  /** First word after the backticks: `yaml`. */
  language: string;
  /** What follows it on that line, which no renderer shows. */
  words: string[];
  /** Without the last line break. */
  text: string;
  /** Line of its first line in the page, from 1. */
  line: number;
}

/** The fenced blocks of a page, in order. @param page path from the root of the repository */
export function fencesOf(page: string): Fence[] {
  const lines = readFileSync(fileURLToPath(new URL(`../../${page}`, import.meta.url)), 'utf8').split('\n');
  const fences: Fence[] = [];
  let open: Fence | undefined;
  let body: string[] = [];
  for (const [index, line] of lines.entries()) {
    const mark = /^```(.*)$/.exec(line);
    if (!mark) {
      if (open) body.push(line);
    } else if (open) {
      fences.push({ ...open, text: body.join('\n') });
      open = undefined;
    } else {
      const [language = '', ...words] = (mark[1] ?? '').split(' ').filter(Boolean);
      open = { language, words, text: '', line: index + 2 };
      body = [];
    }
  }
  if (open) throw new Error(`${page}: the block at line ${open.line - 1} is never closed`);
  return fences;
}
