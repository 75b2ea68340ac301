import { relative, sep } from 'node:path';
import { languageBrokenManifest } from '../diagnostics/catalogue/language.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { readTextIfExists } from '../host/files.ts';

/** A table of a manifest, whose values are not known to be anything yet. */
export type Table = Readonly<Record<string, unknown>>;

/** A manifest that was read; undefined when there is no such file; a diagnostic with its position when it is broken. */
export interface Manifest {
  table?: Table;
  diagnostics: Diagnostic[];
}

/** Reads a JSON file. @param root folder that the position's file is relative to. */
export async function readJson(path: string, root: string): Promise<Manifest> {
  const text = await readTextIfExists(path);
  if (text === undefined) return { diagnostics: [] };
  try {
    return { table: tableOf(JSON.parse(text.replace(/^\uFEFF/, ''))), diagnostics: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = Number(
      /at position (\d+)/.exec(message)?.[1] ?? (message.includes('end of JSON') ? text.length : 0),
    );
    const before = text.slice(0, offset).split('\n');
    const problem = message.replace(/ in JSON at position.*/s, '').replace(/, "[\s\S]*$/, '');
    return broken(path, root, before.length, (before.at(-1)?.length ?? 0) + 1, problem);
  }
}

/** Reads a TOML file. @param root folder that the position's file is relative to. */
export async function readToml(path: string, root: string): Promise<Manifest> {
  const text = await readTextIfExists(path);
  if (text === undefined) return { diagnostics: [] };
  const { parse, TomlError } = await import('smol-toml');
  try {
    return { table: tableOf(parse(text)), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const problem = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '');
    return broken(path, root, error.line, error.column, problem);
  }
}

const broken = (path: string, root: string, line: number, column: number, problem: string): Manifest => ({
  diagnostics: [languageBrokenManifest({ file: shownPath(path, root), line, column }, problem)],
});

/** A path as the user sees it: relative to the system's folder, with forward slashes, `.` for the folder itself. */
export const shownPath = (path: string, root: string): string => relative(root, path).split(sep).join('/') || '.';

/** The value as a table; an empty one when it is something else. */
export const tableOf = (value: unknown): Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};

/** The value as text, or undefined. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The texts of a list; empty when it is something else. */
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

/** The entries of a table whose values are text. */
export const textTable = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(tableOf(value)).filter(([, entry]) => typeof entry === 'string')) as Record<
    string,
    string
  >;
