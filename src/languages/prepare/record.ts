import { join } from 'node:path';
import { exists, readTextIfExists, remove, sha256, writeAtomically } from '../../host/files.ts';
import { filesBelow, hashFile } from '../../host/tree.ts';
import type { PrepareStep } from '../language.ts';

/** What a step was given: one digest, and what lets the next look be quick. */
export interface Inputs {
  /** Over the command, the facts and the content of every input. */
  digest: string;
  /** Path -> size, modified, changed (milliseconds since the epoch), SHA-256 of the content. */
  files: Record<string, [number, number, number, string]>;
  /** When the look began, milliseconds since the epoch. */
  at: number;
}

/** File of a step's last success. Written after it, removed before it runs again: an interrupted step has none. */
export const recordPath = (folder: string, key: string): string =>
  join(folder, `${key.replace(/[^\w.-]+/g, '-').slice(-60)}-${sha256(key).slice(0, 12)}.json`);

/** The inputs of the last success; undefined when there is none or it cannot be read. */
export async function readRecord(path: string): Promise<Inputs | undefined> {
  const text = await readTextIfExists(path);
  try {
    const record = JSON.parse(text ?? 'null') as Partial<Inputs> | null;
    return typeof record?.digest === 'string' && typeof record.at === 'number' && record.files
      ? (record as Inputs)
      : undefined;
  } catch {
    return undefined;
  }
}

export const writeRecord = (path: string, inputs: Inputs): Promise<void> =>
  writeAtomically(path, `${JSON.stringify(inputs)}\n`);

export const removeRecord = (path: string): Promise<void> => remove(path);

/** Written this shortly before a look, a file may change again without its times changing: it is read again. */
const settled = 100;

/**
 * Looks at the inputs of a step. A file whose size and times are those of the last record is not read.
 * @param last the record of the last success.
 */
export async function lookAtInputs(step: PrepareStep, last: Inputs | undefined): Promise<Inputs> {
  const at = Date.now();
  const known = new Map(Object.entries(last?.files ?? {}));
  const found = await Promise.all(step.inputs.map((path) => filesBelow(path, step.ignore)));
  const files: Inputs['files'] = Object.create(null);
  for (const file of found.flat()) {
    if (file.path in files) continue;
    const before = known.get(file.path);
    const same =
      before &&
      last &&
      before[0] === file.size &&
      before[1] === file.modified &&
      before[2] === file.changed &&
      file.changed + settled < last.at;
    const hash = same ? before[3] : await hashFile(file);
    if (hash !== undefined) files[file.path] = [file.size, file.modified, file.changed, hash];
  }
  const content = Object.keys(files)
    .sort()
    .map((path) => [path, files[path]?.[3]]);
  const digest = sha256(JSON.stringify([step.command, step.facts, content]));
  return { digest, files, at };
}

/** Those of the step's outputs that are not there. */
export async function missingOutputs(step: PrepareStep): Promise<string[]> {
  const there = await Promise.all(step.outputs.map(exists));
  return step.outputs.filter((_, index) => !there[index]);
}
