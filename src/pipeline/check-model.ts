import { basename } from 'node:path';
import { type Diagnostic, Failure } from '../diagnostics/diagnostic.ts';
import { loadModel } from '../model/load.ts';
import { loadPlan, type PlannedSystem } from './load-plan.ts';
import { environmentOf, locateModel, type ModelPlace } from './locate.ts';

/**
 * Loads and plans the environment that was asked for; every one of the model's when none was, so that a reference that only
 * `production` breaks shows today.
 * @returns the plan of the one asked for, or of `local`, with the warnings of all
 * @throws Failure with the errors of all, each once
 */
export async function checkModel(place: ModelPlace): Promise<PlannedSystem> {
  const found: Diagnostic[] = [];
  const wanted = environmentOf(place);
  const planned = await attempt({ ...place, environment: wanted }, found);
  for (const environment of await otherEnvironments(place)) {
    const mistakes: Diagnostic[] = [];
    await attempt({ ...place, environment }, mistakes);
    for (const each of mistakes)
      if (!found.some((other) => isSame(each, other))) found.push(inEnvironment(each, environment));
  }
  if (!planned || found.some(({ severity }) => severity === 'error')) throw new Failure(found);
  return { ...planned, diagnostics: found };
}

/** The plan, or undefined when there is none; either way its diagnostics are added to those found. */
async function attempt(place: ModelPlace, found: Diagnostic[]): Promise<PlannedSystem | undefined> {
  try {
    const planned = await loadPlan(place);
    found.push(...planned.diagnostics);
    return planned;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    found.push(...error.diagnostics);
    return undefined;
  }
}

async function otherEnvironments(place: ModelPlace): Promise<string[]> {
  if (place.environment !== undefined) return [];
  const { value } = await loadModel({ folder: await locateModel(place), file: place.file && basename(place.file) });
  return (value?.environments ?? []).filter((name) => name !== value?.environment);
}

const isSame = (a: Diagnostic, b: Diagnostic): boolean =>
  a.code === b.code && a.at?.file === b.at?.file && a.at?.line === b.at?.line && a.at?.column === b.at?.column;

const inEnvironment = (diagnostic: Diagnostic, environment: string): Diagnostic => ({
  ...diagnostic,
  related: [...(diagnostic.related ?? []), { message: `in the environment "${environment}"` }],
});
