import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/**
 * Collects diagnostics. One that says the same of the same place is kept once: a value of `defaults` is planned for every
 * service, and its fault is one fault.
 */
export function createReport(): { reported: Diagnostic[]; report(diagnostic: Diagnostic): void } {
  const reported: Diagnostic[] = [];
  const seen = new Set<string>();
  const report = (diagnostic: Diagnostic): void => {
    const { at } = diagnostic;
    const key = at && `${diagnostic.code} ${at.file} ${at.line} ${at.column} ${at.length ?? 1}`;
    if (key !== undefined && seen.has(key)) return;
    if (key !== undefined) seen.add(key);
    reported.push(diagnostic);
  };
  return { reported, report };
}
