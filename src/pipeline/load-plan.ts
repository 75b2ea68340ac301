import { basename } from 'node:path';
import { type Diagnostic, Failure, hasErrors } from '../diagnostics/diagnostic.ts';
import { loadModel } from '../model/load.ts';
import type { Plan } from '../plan/plan.ts';
import { planSystem } from '../plan/plan-system.ts';
import { inOrder } from '../plan/report.ts';
import { locateModel, type ModelPlace } from './locate.ts';

/** A model carried to its plan. */
export interface PlannedSystem {
  plan: Plan;
  /** Absolute folder of the model. */
  root: string;
  /** The model's file, relative to the root. */
  file: string;
  /** Names of the model's environments. */
  environments: string[];
  /** Absolute paths of every file that was read; a change of one changes the plan. */
  watched: string[];
  /** Warnings and notices. */
  diagnostics: Diagnostic[];
}

/**
 * Model -> plan, in this process.
 * @throws Failure with every error of the model, when it has any
 */
export async function loadPlan(place: ModelPlace): Promise<PlannedSystem> {
  const folder = await locateModel(place);
  const file = place.file === undefined ? undefined : basename(place.file);
  const loaded = await loadModel({ folder, file, environment: place.environment });
  if (!loaded.value) throw new Failure(loaded.diagnostics);
  // What is right of a model with mistakes is planned all the same: its references are checked too, and all is said at once.
  const planned = planSystem(loaded.value);
  const diagnostics = inOrder([...loaded.diagnostics, ...planned.diagnostics]);
  if (!planned.value || hasErrors(diagnostics)) throw new Failure(diagnostics);
  const { root, file: found, environments, watched } = loaded.value;
  return { plan: planned.value, root, file: found, environments, watched, diagnostics };
}
