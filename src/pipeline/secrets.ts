import { emptySecret, unknownSecret } from '../diagnostics/catalogue/command.ts';
import { Failure } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { listSecrets, removeSecret, type SecretOrigin, secretVariable, setSecret } from '../runtimes/local/secrets.ts';
import { loadPlan, type PlannedSystem } from './load-plan.ts';
import type { ModelPlace } from './locate.ts';

/** One secret of the model, as `gantry secret list` shows it. */
export interface SecretStatus {
  name: string;
  /** Where its value comes from; `generated` when it will be made at the next start. */
  origin: SecretOrigin | 'generated';
  /** The variable that can give it. */
  variable: string;
  optional: boolean;
}

async function planWith(place: ModelPlace, name: string): Promise<PlannedSystem> {
  const planned = await loadPlan(place);
  const names = Object.keys(planned.plan.secrets);
  if (!names.includes(name)) throw new Failure([unknownSecret(name, names, nearest(name, names))]);
  return planned;
}

/**
 * Keeps the value of a secret for this machine.
 * @param read asks for the value; called only once the name is known to be good
 * @throws Failure for a name that the model does not have, or an empty value
 */
export async function keepSecret(place: ModelPlace, name: string, read: () => Promise<string>): Promise<void> {
  const { plan, root } = await planWith(place, name);
  const value = await read();
  if (value === '') throw new Failure([emptySecret(name)]);
  await setSecret(root, plan.environment, name, value);
}

/** Forgets a kept value; false when there was none. @throws Failure for a name that the model does not have */
export async function forgetSecret(place: ModelPlace, name: string): Promise<boolean> {
  const { plan, root } = await planWith(place, name);
  return removeSecret(root, plan.environment, name);
}

/** Every secret of the model and where its value comes from; never a value. */
export async function secretStatuses(place: ModelPlace): Promise<SecretStatus[]> {
  const { plan, root } = await loadPlan(place);
  const names = Object.keys(plan.secrets);
  const origins = await listSecrets(root, plan.environment, names);
  return Object.values(plan.secrets).map(({ name, optional, generate }) => {
    const origin = origins[name] ?? 'missing';
    return {
      name,
      origin: origin === 'missing' && generate !== undefined ? 'generated' : origin,
      variable: secretVariable(name),
      optional,
    };
  });
}
