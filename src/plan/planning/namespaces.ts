import { badNamespace, unknownPlaceholder } from '../../diagnostics/catalogue/plan.ts';
import { nearest } from '../../diagnostics/nearest.ts';
import { type Place, valuePosition } from '../place.ts';
import type { Plan } from '../plan.ts';
import { type PlanContext, plainText } from './context.ts';

/** A label as Kubernetes wants the names of namespaces (RFC 1123). */
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Fills in a namespace: references to variables, then `{system}`, `{environment}` and `{service}`.
 * @param service name for `{service}`: the service, or the shared backing service
 */
export function fillNamespace(
  context: PlanContext,
  template: string,
  service: string,
  where: Place | undefined,
): string {
  const values: Record<string, string> = { service, system: context.system.system, environment: context.environment };
  const text = plainText(context, template, where, 'a namespace');
  let complete = true;
  const filled = text.replace(/\{([^{}]*)\}/g, (_, word: string) => {
    if (Object.hasOwn(values, word)) return values[word] as string;
    complete = false;
    const valid = Object.keys(values);
    context.report(unknownPlaceholder(word, valid, nearest(word, valid), valuePosition(where)));
    return '';
  });
  if (complete && !label.test(filled)) context.report(badNamespace(filled, valuePosition(where)));
  return filled;
}

/** Whether a namespace differs from service to service. */
export const isPerService = (template: string): boolean => template.includes('{service}');

/** Every namespace in use, and those that the model reserves; sorted by code unit. */
export function allNamespaces(plan: Plan, reserved: readonly string[]): string[] {
  const used = [...Object.values(plan.workloads), ...Object.values(plan.backing)].map((each) => each.namespace);
  return [...new Set([...used, ...reserved])].sort();
}
