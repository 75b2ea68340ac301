import { createColors } from 'picocolors';
import type { Diagnostic, Position, Severity } from './diagnostic.ts';
import { frameOf, visible } from './frame.ts';

/** Colours as picocolors has them, or the same functions doing nothing. */
type Palette = ReturnType<typeof createColors>;

const paint = (colors: Palette, severity: Severity): ((text: string) => string) =>
  ({ error: colors.red, warning: colors.yellow, info: colors.cyan })[severity];

/**
 * Diagnostics as text for a person: what happened, the line with carets, and the cure, for each in turn.
 * @param sources texts of the files that positions name; a file that is not there is named without its line
 * @param options.color whether to write ANSI colours
 * @returns lines without a line end after the last
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  options: { color: boolean },
): string {
  const colors = createColors(options.color);
  return diagnostics.map((diagnostic) => formatOne(diagnostic, sources, colors).join('\n')).join('\n\n');
}

function formatOne(diagnostic: Diagnostic, sources: ReadonlyMap<string, string>, colors: Palette): string[] {
  const { severity, code, message, at, cure, nearest, related = [] } = diagnostic;
  const color = paint(colors, severity);
  const hint = nearest === undefined ? undefined : `did you mean "${visible(nearest)}"?`;
  const lines = [
    `${color(colors.bold(`${severity}:`))} ${colors.bold(visibleLines(message))} ${colors.dim(`[${code}]`)}`,
  ];
  const frame = at ? formatPlace(at, sources, colors, color, hint) : undefined;
  lines.push(...(frame?.lines ?? []));
  if (hint !== undefined && !frame?.shown) lines.push(`  ${hint}`);
  if (cure !== undefined) lines.push(`  ${colors.green('cure:')} ${visibleLines(cure)}`);
  for (const other of related) {
    lines.push(`  ${colors.cyan('note:')} ${visibleLines(other.message)}`);
    if (other.at) lines.push(...formatPlace(other.at, sources, colors, colors.cyan, undefined).lines);
  }
  return lines;
}

/** `file:line:column`, the line, the carets. @param hint written after the carets */
function formatPlace(
  at: Position,
  sources: ReadonlyMap<string, string>,
  colors: Palette,
  color: (text: string) => string,
  hint: string | undefined,
): { lines: string[]; shown: boolean } {
  const place = `  ${colors.dim('at')} ${colors.cyan(`${visible(at.file)}:${at.line}:${at.column}`)}`;
  const text = sources.get(at.file);
  const frame = text === undefined ? undefined : frameOf(text, at);
  if (!frame) return { lines: [place], shown: false };
  const gutter = ` ${String(frame.number).padStart(4)} ${'|'} `;
  const blank = `${' '.repeat(gutter.length - 2)}| `;
  const carets = frame.carets.trimStart();
  const indent = frame.carets.slice(0, frame.carets.length - carets.length);
  return {
    lines: [
      place,
      `${colors.dim(gutter)}${frame.line}`.trimEnd(),
      `${colors.dim(blank)}${indent}${color(carets)}${hint === undefined ? '' : ` ${color(hint)}`}`,
    ],
    shown: true,
  };
}

/** Several lines stay several lines, set in under the first; nothing else can reach the terminal. */
const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n    ');
