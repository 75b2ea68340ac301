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

/** In the order of the files and lines; what has no place comes first. */
export const inOrder = (diagnostics: readonly Diagnostic[]): Diagnostic[] => diagnostics.toSorted(compare);

const compare = ({ at: a }: Diagnostic, { at: b }: Diagnostic): number => {
  if (!a || !b || a.file !== b.file) return compareText(a?.file ?? '', b?.file ?? '');
  return a.line - b.line || a.column - b.column;
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
