import { hasErrors, type Result } from '../../diagnostics/diagnostic.ts';
import type { System } from '../../model/schema/system.ts';
import { compact, copyOf, deepFreeze } from '../freeze.ts';
import { createOrigins } from '../origins.ts';
import { childOf, type Place, placeAt } from '../place.ts';
import type { BackingService, Plan, Route, Secret, Workload } from '../plan.ts';
import { createReport, inOrder } from '../report.ts';
import { nothingUnsure, reportCertain, type Unsure } from '../unsure.ts';
import { planBacking } from './backing.ts';
import { findConnections } from './connections.ts';
import { everythingHandled, type PlanContext, plainText } from './context.ts';
import { emptyNames, nameEverything } from './names.ts';
import { allNamespaces, fillNamespace, isPerService } from './namespaces.ts';
import { collectOrigins } from './provenance.ts';
import { planRoute } from './routes.ts';
import { applyWaits, planStartOrder } from './waits.ts';
import { planWorkload } from './workload.ts';

/**
 * Makes the plan of a validated system.
 * @param root where its parts were written
 * @param unsure what is not known of it, when it is what was right of a model with mistakes
 * @returns the frozen plan, or every error at once
 */
export function planParts(system: System, environment: string, root: Place, unsure?: Unsure): Result<Plan> {
  const { reported, report: reportAll } = createReport();
  const report = unsure ? reportCertain(reportAll) : reportAll;
  const names = emptyNames(system, environment, unsure ?? nothingUnsure);
  const origins = createOrigins();
  const context: PlanContext = { system, environment, root, names, origins, report };

  const { services, backing, secrets, routes, outputs, variables: _inNames, namespaces: reserved, ...more } = system;
  const { system: name, registry, namespace, context: kubeContext, cluster, storageClass, mesh, tls, ...rest } = more;
  everythingHandled(rest);

  // A template that differs by service has no meaning for what belongs to none: that lives in one named like the system.
  const shared =
    namespace === undefined || isPerService(namespace)
      ? name
      : fillNamespace(context, namespace, name, childOf(root, 'namespace'));
  const entries = nameEverything(context, names, shared);
  const registryText = plainText(context, registry, childOf(root, 'registry'), 'the registry');

  const plannedBacking: Record<string, BackingService> = {};
  for (const entry of entries) plannedBacking[entry.key] = planBacking(context, entry);
  const workloads: Record<string, Workload> = {};
  for (const [key, service] of Object.entries(services)) {
    workloads[key] = planWorkload(context, key, service, placeAt(root, 'services', key), registryText);
  }
  const connections = findConnections({ workloads, backing: plannedBacking });
  applyWaits(context, workloads, plannedBacking, connections);

  const plannedRoutes: Record<string, Route> = {};
  for (const [index, [key, route]] of Object.entries(routes).entries()) {
    // Under its name in a map, at its place in a list.
    const place = placeAt(root, 'routes', key) ?? placeAt(root, 'routes', index);
    const planned = planRoute(context, key, route, place);
    if (planned) plannedRoutes[key] = planned;
  }
  const plannedSecrets: Record<string, Secret> = {};
  for (const [key, secret] of Object.entries(secrets)) plannedSecrets[key] = compact({ name: key, ...secret });

  const plan: Plan = compact({
    apiVersion: 'gantry/plan/v1',
    system: name,
    environment,
    namespace: shared,
    namespaces: [],
    registry: registryText,
    context: plainText(context, kubeContext, childOf(root, 'context'), 'the context'),
    storageClass,
    mesh,
    tls: tls && compact({ ...tls }),
    cluster: cluster && compact({ ...cluster }),
    workloads,
    backing: plannedBacking,
    secrets: plannedSecrets,
    routes: plannedRoutes,
    connections,
    startOrder: planStartOrder(context, workloads, plannedBacking, connections),
    outputs: copyOf(outputs),
    origins: {},
  } satisfies Plan);
  plan.namespaces = allNamespaces(plan, reserved);
  if (hasErrors(reported)) return { diagnostics: inOrder(reported) };
  plan.origins = Object.freeze(collectOrigins(context, plan));
  return { value: deepFreeze(plan), diagnostics: inOrder(reported) };
}
