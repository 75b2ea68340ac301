import { resolve } from 'node:path';
import { unknownEnvironment } from '../diagnostics/catalogue/model.ts';
import { type Diagnostic, hasErrors, type Result } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { checkSystem } from './checks/check-system.ts';
import { checkShapes } from './checks/shapes.ts';
import { environmentNames, localEnvironment, mergeEnvironment } from './environments.ts';
import { findModelFile } from './find-file.ts';
import type { LoadedModel } from './loaded.ts';
import { type Reading, readTree } from './read-tree.ts';
import { salvage } from './salvage.ts';
import { createMerge } from './tree/merge.ts';
import type { LocatedNode, MapNode } from './tree/node.ts';
import { type Validation, validate } from './validate.ts';

export type { LoadedModel } from './loaded.ts';

/** Which model is read, and for which environment. */
export interface LoadOptions {
  folder: string;
  /** Relative to the folder; found when left out. */
  file?: string;
  /** `local` when left out. */
  environment?: string;
}

/**
 * Reads, merges and validates a model. Every environment is checked, so that a mistake in `production` shows today; the
 * model returned is that of the one asked for.
 * @returns every mistake at once. With errors there is still a model where possible, of what is right: its references can
 * be checked too.
 */
export async function loadModel({ folder, file, environment }: LoadOptions): Promise<Result<LoadedModel>> {
  const root = resolve(folder);
  const found = file === undefined ? await findModelFile(root) : { value: file, diagnostics: [] };
  if (found.value === undefined) return { diagnostics: found.diagnostics };
  const removed = new Set<LocatedNode>();
  const reading: Reading = {
    root,
    merge: createMerge(removed),
    sources: new Map(),
    watched: new Set(),
    diagnostics: [...found.diagnostics],
  };
  const tree = await readTree(reading, resolve(root, found.value));
  if (!tree || hasErrors(reading.diagnostics)) return { diagnostics: reading.diagnostics };
  return inEnvironment(reading, removed, found.value, tree, environment ?? localEnvironment);
}

function inEnvironment(
  reading: Reading,
  removed: Set<LocatedNode>,
  file: string,
  tree: MapNode,
  wanted: string,
): Result<LoadedModel> {
  const environments = environmentNames(tree);
  const { diagnostics } = reading;
  diagnostics.push(...checkShapes(tree));
  const known = environments.includes(wanted);
  if (!known) diagnostics.push(unknownEnvironment(wanted, environments, nearest(wanted, environments)));
  const validation: Validation = { services: new WeakMap(), removed };
  const order = [...(known ? [wanted] : []), ...environments.filter((name) => name !== wanted)];
  // All are merged before one is validated: a null is idle only when it removes nothing in any of them.
  const merged = order.map((name) => ({ name, ...mergeEnvironment(tree, name, reading.merge) }));
  let model: LoadedModel | undefined;
  for (const { name, merged: located, diagnostics: mistakes, without } of merged) {
    const { value, diagnostics: invalid } = validate(located, validation);
    const whole = value && without.size === 0;
    const rest = whole ? { system: value, located } : salvage(located, validation, without);
    const found = [...mistakes, ...invalid, ...(rest ? checkSystem(rest.system, rest.located) : [])];
    diagnostics.push(...found.map((each) => (name === wanted ? each : inOther(each, name))));
    if (name !== wanted || !rest) continue;
    const { root, sources, watched } = reading;
    model = { root, file, environment: wanted, environments, ...rest, sources, watched: [...watched] };
  }
  return { value: model, diagnostics: once(diagnostics) };
}

const inOther = (diagnostic: Diagnostic, environment: string): Diagnostic => ({
  ...diagnostic,
  related: [...(diagnostic.related ?? []), { message: `in the environment "${environment}"` }],
});

/** A mistake of `defaults`, or one that every environment sees, is one mistake. Sorted by file and line. */
function once(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const kept = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { code, at, message } = diagnostic;
    const key = at ? `${code} ${at.file}:${at.line}:${at.column}` : `${code} ${message}`;
    if (!kept.has(key)) kept.set(key, diagnostic);
  }
  const order = (diagnostic: Diagnostic) => diagnostic.at?.line ?? 0;
  return [...kept.values()].sort((a, b) => order(a) - order(b) || (a.at?.column ?? 0) - (b.at?.column ?? 0));
}
