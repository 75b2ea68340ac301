import { delimiter, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import {
  languageInterrupted,
  languageNothingPrepared,
  languagePrepareFailed,
} from '../diagnostics/catalogue/language.ts';
import { type Diagnostic, hasErrors, type Result } from '../diagnostics/diagnostic.ts';
import { withLock } from '../host/lock.ts';
import { run } from '../host/run.ts';
import { withProcessor } from '../host/slots.ts';
import type { PrepareStep, Recipe } from './language.ts';
import { lookAtInputs, missingOutputs, readRecord, recordPath, removeRecord, writeRecord } from './prepare/record.ts';

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

export interface PreparedStep {
  name: string;
  /** `cached`: nothing had changed since its last success. */
  outcome: 'ran' | 'cached';
  /** Milliseconds, with waiting. */
  elapsed: number;
}

/**
 * Brings a service to the point where it can be started: runs its steps in turn, leaving out those whose inputs are those
 * of their last success. A step that several services share is run once, also across processes. At most as many steps run
 * at once as there are processors.
 * @returns what was done; a diagnostic with the last lines of the output for the step that failed.
 */
export async function prepareService(recipe: Recipe, options: PrepareOptions): Promise<Result<PreparedStep[]>> {
  const prepared: PreparedStep[] = [];
  for (const step of recipe.prepare) {
    if (options.only && !options.only.includes(step.name)) continue;
    const begun = Date.now();
    try {
      const outcome = await prepareStep(step, recipe.path, begun, options);
      if (typeof outcome !== 'string') return { diagnostics: outcome };
      prepared.push({ name: step.name, outcome, elapsed: Date.now() - begun });
    } catch (error) {
      if (options.signal?.aborted) return { diagnostics: [languageInterrupted(step.name)] };
      throw error;
    }
  }
  return { value: prepared, diagnostics: [] };
}

/** Last failure of a key in this process, so that services that waited for it do not repeat it one after the other. */
const failures = new Map<string, { digest: string; at: number; diagnostics: Diagnostic[] }>();
/** Last success of a key in this process: forced steps that are shared are still run once. */
const successes = new Map<string, number>();

async function prepareStep(
  step: PrepareStep,
  path: readonly string[],
  begun: number,
  options: PrepareOptions,
): Promise<PreparedStep['outcome'] | Diagnostic[]> {
  const record = recordPath(options.recordsFolder, step.key);
  const fresh = async (): Promise<boolean> => {
    if (options.force && (successes.get(record) ?? 0) < begun) return false;
    const last = await readRecord(record);
    if (!last) return false;
    const [inputs, missing] = await Promise.all([lookAtInputs(step, last), missingOutputs(step)]);
    if (inputs.digest !== last.digest || missing.length > 0) return false;
    if (JSON.stringify(inputs.files) !== JSON.stringify(last.files)) await writeRecord(record, inputs);
    return true;
  };
  if (await fresh()) return 'cached';
  const lock = {
    signal: options.signal,
    onWait: (pid: number) => options.onProgress?.(`waits for process ${pid}, which is at it`, step.name),
  };
  return withLock(record.replace(/\.json$/, '.lock'), lock, async () => {
    if (await fresh()) return 'cached';
    const inputs = await lookAtInputs(step, await readRecord(record));
    const failed = failures.get(record);
    if (failed && failed.digest === inputs.digest && failed.at > begun) return failed.diagnostics;
    if (!options.force && (await step.alreadyDone?.()) && (await missingOutputs(step)).length === 0) {
      await writeRecord(record, inputs);
      return 'cached';
    }
    await removeRecord(record);
    const diagnostics = await withProcessor(() => runStep(step, path, options), options.signal);
    if (hasErrors(diagnostics)) {
      if (!options.signal?.aborted) failures.set(record, { digest: inputs.digest, at: Date.now(), diagnostics });
      return diagnostics;
    }
    await writeRecord(record, inputs);
    successes.set(record, Date.now());
    return 'ran';
  });
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

async function runStep(step: PrepareStep, path: readonly string[], options: PrepareOptions): Promise<Diagnostic[]> {
  const { argv, cwd, environment } = step.command;
  const under = options.environment ?? process.env;
  const shown = argv
    .map((word) => (word.startsWith(options.root) ? relative(options.root, word) || '.' : word))
    .join(' ');
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
