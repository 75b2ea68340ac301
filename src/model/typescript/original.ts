import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { SourceText, Span } from '../tree/node.ts';

/** Leads from the compiled code back to the user's files. */
export interface Original {
  /** Where an offset of the compiled code was written. */
  at(offset: number): { source: SourceText; offset: number } | undefined;
  /** Where a line and column of the compiled code (both from 1) was written. */
  atLine(line: number, column: number): Span | undefined;
  /** Text of a file, by the name that `fileOf` gave it. */
  textOf(file: string): string | undefined;
}

/** @param map source map with the texts of the sources @param fileOf relative name of a source, or undefined for what is not the user's */
export function createOriginal(code: string, map: string, fileOf: (source: string) => string | undefined): Original {
  const trace = new TraceMap(map);
  const sources = new Map<string, SourceText & { starts: number[] }>();
  const starts = lineStarts(code);

  const sourceOf = (name: string) => {
    const known = sources.get(name);
    if (known) return known;
    const file = fileOf(name);
    const text = trace.sourcesContent?.[trace.sources.indexOf(name)];
    if (file === undefined || typeof text !== 'string') return undefined;
    const source = { file, text, starts: lineStarts(text) };
    sources.set(name, source);
    return source;
  };
  const find = (line: number, column: number) => {
    const found = originalPositionFor(trace, { line, column });
    if (found.source === null) return undefined;
    const source = sourceOf(found.source);
    return source && { source, offset: (source.starts[found.line - 1] ?? 0) + found.column };
  };
  return {
    at(offset) {
      let low = 0;
      let high = starts.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle;
      }
      return find(low + 1, offset - (starts[low] ?? 0));
    },
    atLine(line, column) {
      const found = find(line, column - 1);
      return found && wordAt(found.source, found.offset);
    },
    textOf: (file) =>
      trace.sourcesContent?.[trace.sources.findIndex((name) => name !== null && fileOf(name) === file)] ?? undefined,
  };
}

/** The literal, name or single character that begins at an offset. */
export function wordAt(source: SourceText, start: number): Span {
  const quoted = /(['"`])(?:\\[\s\S]|(?!\1)[^\\])*\1/y;
  quoted.lastIndex = start;
  const word = /[\w$.-]+/y;
  word.lastIndex = start;
  const match = quoted.exec(source.text) ?? word.exec(source.text);
  return { source, start, end: Math.min(source.text.length, start + (match?.[0].length ?? 1)) };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
