import { unknownService } from '../../diagnostics/catalogue/plan.ts';
import { nearest } from '../../diagnostics/nearest.ts';
import type { Route as WrittenRoute } from '../../model/schema/route.ts';
import { compact } from '../freeze.ts';
import { childOf, type Place, valuePosition } from '../place.ts';
import type { Route } from '../plan.ts';
import { mayBeDeclared } from '../unsure.ts';
import { everythingHandled, type PlanContext, plainText } from './context.ts';
import { portNameOf } from './ports.ts';

/** One route, with its port by name. Undefined after reporting that it leads nowhere. */
export function planRoute(
  context: PlanContext,
  name: string,
  written: WrittenRoute,
  place: Place | undefined,
): Route | undefined {
  const { host, path, service, port, sticky, limit, tls, ...rest } = written;
  everythingHandled(rest);
  const target = Object.hasOwn(context.system.services, service) ? context.system.services[service] : undefined;
  if (!target) {
    if (mayBeDeclared(service, context.names.unsure)) return undefined;
    const services = Object.keys(context.system.services);
    context.report(
      unknownService(service, services, nearest(service, services), valuePosition(childOf(place, 'service'))),
    );
    return undefined;
  }
  const where = childOf(place, 'port') ?? childOf(place, 'service') ?? place;
  const portName = portNameOf(
    context,
    service,
    target.ports,
    port,
    `the route ${name}`,
    where,
    'lead the route to another service',
  );
  if (portName === undefined) return undefined;
  const planned: Route = compact({
    name,
    host: plainText(context, host, childOf(place, 'host'), 'the host of a route'),
    path,
    workload: service,
    port: portName,
    sticky,
    limit: limit && { ...limit },
    tls: tls ?? context.system.tls !== undefined,
  });
  if (planned.limit) context.origins.mark(planned.limit, childOf(place, 'limit'));
  context.origins.mark(planned, place, {
    workload: childOf(place, 'service'),
    tls: childOf(place, 'tls') ?? childOf(context.root, 'tls'),
  });
  return planned;
}
