import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../diagnostics/format.ts';
import { sourceText } from '../../host/source-text.ts';
import type { Colors, Terminal } from '../terminal/terminal.ts';

/** Texts of the files that diagnostics point into, by name; read only when there is something to show. */
function sourcesOf(diagnostics: readonly Diagnostic[], folder: string): Map<string, string> {
  const sources = new Map<string, string>();
  for (const { at, related } of diagnostics) {
    for (const position of [at, ...(related ?? []).map((other) => other.at)]) {
      if (!position || sources.has(position.file)) continue;
      const text = sourceText(join(folder, position.file));
      if (text !== undefined) sources.set(position.file, text);
    }
  }
  return sources;
}

/**
 * Diagnostics for people on standard error; for programs as one object `{diagnostics: […]}` on standard output.
 * @param place.folder to which the files of positions are relative
 */
export function printDiagnostics(
  terminal: Terminal,
  diagnostics: readonly Diagnostic[],
  place: { folder: string; format: 'text' | 'json' },
): void {
  if (place.format === 'json') terminal.print(`${JSON.stringify({ diagnostics }, undefined, 2)}\n`);
  else if (diagnostics.length > 0) {
    const color = terminal.noticeColors.isColorSupported;
    terminal.notice(`${formatDiagnostics(diagnostics, sourcesOf(diagnostics, place.folder), { color })}\n`);
  }
}

/** One diagnostic as lines, for a view. */
export function diagnosticLines(diagnostic: Diagnostic, place: { folder: string; colors: Colors }): string[] {
  const color = place.colors.isColorSupported;
  return formatDiagnostics([diagnostic], sourcesOf([diagnostic], place.folder), { color }).split('\n');
}
