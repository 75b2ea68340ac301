import { type Diagnostic, Failure, hasErrors } from '../../diagnostics/diagnostic.ts';
import type { Plan } from '../../plan/plan.ts';
import { assignPorts } from './ports.ts';
import type { RunContext } from './run-context.ts';
import { resolveSecrets } from './secrets.ts';
import { dependentsOf, selectNames } from './selection.ts';
import { signatureOf } from './signature.ts';
import { stopInOrder } from './stop-order.ts';
import type { Unit } from './unit.ts';
import { addUnits } from './units.ts';
import { checkWorkloads } from './workload-recipe.ts';

/**
 * Carries a changed plan over to a running system: what it touches is restarted, what is new is started, what is gone is
 * stopped (its data stays), the rest goes on.
 * @param only as in `selectNames`
 * @param moved a workload or backing service whose ports are chosen anew
 * @returns what the user must know; with an error among it, nothing was changed
 */
export async function applyPlan(
  context: RunContext,
  next: Plan,
  only: readonly string[],
  moved?: string,
): Promise<Diagnostic[]> {
  const { units } = context;
  const staying = only.filter((name) => name in next.workloads || name in next.backing);
  const names = selectNames(next, staying);
  let found: Awaited<ReturnType<typeof lookAhead>>;
  try {
    found = await lookAhead(context, next, names, moved);
  } catch (error) {
    if (error instanceof Failure) return error.diagnostics;
    throw error;
  }
  const { ports, secrets, diagnostics } = found;
  const addresses = { ...context.addresses, plan: next, ports, secrets };
  const removed = [...units.keys()].filter((name) => !names.has(name));
  const changed = [...names].filter(
    (name) => units.has(name) && signatureOf(name, addresses) !== signatureOf(name, context.addresses),
  );
  const touched = new Map<string, Unit>();
  for (const name of [...removed, ...changed]) {
    const unit = units.get(name);
    if (unit) touched.set(name, unit);
  }
  await Promise.all([...touched.values()].map((unit) => unit.dispose()));
  await stopInOrder(touched, dependentsOf(context.plan, touched.keys()));
  for (const name of removed) units.delete(name);
  for (const name of touched.keys()) context.addresses.attributes.delete(name);
  for (const value of Object.values(secrets)) context.mask.add(value);
  context.plan = next;
  Object.assign(context.addresses, { plan: next, ports, secrets });
  const added = addUnits(
    context,
    [...names].filter((name) => !units.has(name)),
  );
  for (const name of changed) units.get(name)?.start();
  for (const unit of added) unit.start();
  context.changed();
  return diagnostics;
}

/** All that can go wrong with a changed plan, found before anything is stopped for it. @throws Failure */
async function lookAhead(context: RunContext, next: Plan, names: ReadonlySet<string>, moved?: string) {
  const held = new Map([...context.addresses.ports].filter(([key]) => !moved || !key.startsWith(`${moved}/`)));
  const added = new Set([...names].filter((name) => !context.units.has(name)));
  const [secrets, { ports, diagnostics }, check] = await Promise.all([
    resolveSecrets(context.root, context.environment, next.secrets),
    assignPorts(next, names, context.places.ports, held),
    checkWorkloads(context, next, added),
  ]);
  const problems = [...check.diagnostics, ...(await check.requirements)];
  if (hasErrors(problems)) throw new Failure(problems);
  return { secrets, ports, diagnostics: [...problems, ...diagnostics] };
}
