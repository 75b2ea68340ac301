import { Failure } from '../diagnostics/diagnostic.ts';
import { loadPlan } from './load-plan.ts';
import type { ModelPlace } from './locate.ts';

/** Names that a shell may offer. */
export interface CompletionNames {
  service: string[];
  environment: string[];
  secret: string[];
}

/** The names of a model; none while it is missing or broken, for a shell has no place for an error. */
export async function completionNames(place: ModelPlace): Promise<CompletionNames> {
  try {
    const { plan, environments } = await loadPlan({ ...place, environment: undefined });
    const service = [...Object.keys(plan.workloads), ...Object.keys(plan.backing)];
    return { service, environment: environments, secret: Object.keys(plan.secrets) };
  } catch (error) {
    if (error instanceof Failure) return { service: [], environment: [], secret: [] };
    throw error;
  }
}
