import { delimiter, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import {
  languageInterrupted,
  languageNothingPrepared,
  languagePrepareFailed,
} from '../../diagnostics/catalogue/language.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { run } from '../../host/run.ts';
import type { PrepareStep } from '../language.ts';
import { missingOutputs } from './record.ts';

export interface PrepareOptions {
  /** Absolute folder of the records and locks: `.gantry/prepared` of the system. */
  recordsFolder: string;
  /** Absolute folder of the system; paths in messages are relative to it. */
  root: string;
  /** Only the steps of these names, for a reload; all when left out. */
  only?: readonly string[];
  /** Runs every step even when nothing changed since its last success. */
  force?: boolean;
  /** The environment under that of each step's command; Gantry's own when left out. */
  environment?: Record<string, string | undefined>;
  signal?: AbortSignal;
  /** A line of the running step's output. */
  onLine?(line: string, stream: 'stdout' | 'stderr', step: string): void;
  /** A step's process runs. @param pid also the id of its group. */
  onStart?(pid: number, step: string): void;
  /** For people: a step begins to run, or waits for another process. */
  onProgress?(message: string, step: string): void;
}

/** What is shown of a failing step's output: from the first line that speaks of an error, and its end. */
const shownErrors = 8;
const shownEnd = 12;

/** Keeps the lines of a step that explain its failure, and no more of them than can be read. */
function telling(): { add(line: string): void; lines(): string[] } {
  const errors: string[] = [];
  const end: string[] = [];
  let count = 0;
  return {
    add(written) {
      const line = stripVTControlCharacters(written);
      if (line.trim() === '') return;
      count += 1;
      if (errors.length < shownErrors && (errors.length > 0 || /\berr(or)?\b/i.test(line))) errors.push(line);
      end.push(line);
      if (end.length > shownEnd) end.shift();
    },
    lines() {
      if (count <= shownEnd) return end;
      const early = errors.filter((line) => !end.includes(line));
      return early.length > 0 ? [...early, '…', ...end] : end;
    },
  };
}

/**
 * Runs a step, whatever its record says.
 * @param path folders of programs in front of PATH
 * @returns nothing when it ended well and its outputs are there
 */
export async function runStep(
  step: PrepareStep,
  path: readonly string[],
  options: PrepareOptions,
): Promise<Diagnostic[]> {
  const { argv, cwd, environment } = step.command;
  const under = options.environment ?? process.env;
  // Relative to where it runs, so that it can be pasted there.
  const shown = argv.map((word) => (word.startsWith(options.root) ? relative(cwd, word) || '.' : word)).join(' ');
  options.onProgress?.(shown, step.name);
  const output = telling();
  const result = await run(argv, {
    cwd,
    environment: { ...under, ...environment, PATH: [...path, under['PATH'] ?? ''].join(delimiter) },
    signal: options.signal,
    onStart: (pid) => options.onStart?.(pid, step.name),
    onLine: (line, stream) => {
      output.add(line);
      options.onLine?.(line, stream, step.name);
    },
  });
  if (options.signal?.aborted) return [languageInterrupted(step.name)];
  const folder = relative(options.root, cwd) || '.';
  if (result.code !== 0) {
    const lines = output.lines();
    return [languagePrepareFailed(step.name, shown, folder, result.code, lines.length > 0 ? lines : [result.stderr])];
  }
  const missing = await missingOutputs(step);
  if (missing.length === 0) return [];
  return [
    languageNothingPrepared(
      step.name,
      shown,
      missing.map((output) => relative(options.root, output)),
    ),
  ];
}
