import { languageInterrupted } from '../diagnostics/catalogue/language.ts';
import { type Diagnostic, hasErrors, type Result } from '../diagnostics/diagnostic.ts';
import { withLock } from '../host/lock.ts';
import { withProcessor } from '../host/slots.ts';
import type { PrepareStep, Recipe } from './language.ts';
import { lookAtInputs, missingOutputs, readRecord, recordPath, removeRecord, writeRecord } from './prepare/record.ts';
import { type PrepareOptions, runStep } from './prepare/run-step.ts';

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
