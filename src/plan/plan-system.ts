import type { Result } from '../diagnostics/diagnostic.ts';
import type { LoadedModel } from '../model/loaded.ts';
import type { Plan } from './plan.ts';
import { planParts } from './planning/system.ts';

/**
 * Makes the plan of one environment from its model: every default written out, every reference found, who talks to whom
 * and who starts first. Pure: no clock, no disk, no absolute path; the same model gives the same plan.
 * @returns the frozen plan, or every error at once; of a model with mistakes, what is wrong with the rest of it
 */
export const planSystem = (model: LoadedModel): Result<Plan> =>
  planParts(model.system, model.environment, { value: model.located }, model.unsure);
