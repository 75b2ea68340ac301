import { portNeeded, unknownPortOf } from '../../diagnostics/catalogue/plan.ts';
import { nearest } from '../../diagnostics/nearest.ts';
import type { HealthCheck } from '../../model/schema/health.ts';
import { compact } from '../freeze.ts';
import { childOf, type Place, placeAt, valuePosition } from '../place.ts';
import type { Port, Probe } from '../plan.ts';
import { mainPortOf } from '../references/scope.ts';
import type { PlanContext } from './context.ts';

type Ports = Readonly<Record<string, Port>>;

/**
 * The name of a port that was written as a name, as a number, or not at all for the main one.
 * @param use what needs it, and `otherwise` what can be done without a port: in words, for the error
 * @returns undefined after reporting that there is no such port
 */
export function portNameOf(
  context: PlanContext,
  service: string,
  ports: Ports,
  written: string | number | undefined,
  use: string,
  where: Place | undefined,
  otherwise = 'set the key to null for this service, which undoes what defaults say',
): string | undefined {
  const names = Object.keys(ports);
  if (written === undefined) {
    const main = mainPortOf(ports);
    if (main === undefined) context.report(portNeeded(service, use, otherwise, valuePosition(where)));
    return main;
  }
  const found =
    names.find((name) => name === String(written)) ?? names.find((name) => ports[name]?.port === Number(written));
  if (found === undefined) {
    const near = nearest(String(written), names);
    context.report(unknownPortOf(service, String(written), names, near, valuePosition(where)));
  }
  return found;
}

/** The probes of a service, with the port of each by name. */
export function planProbes(
  context: PlanContext,
  service: string,
  ports: Ports,
  health: { ready?: HealthCheck; live?: HealthCheck; startup?: HealthCheck },
  where: Place | undefined,
): { ready?: Probe; live?: Probe; startup?: Probe } {
  const probe = (written: HealthCheck | undefined, key: string): Probe | undefined => {
    if (!written) return undefined;
    // `health: /path` is short for `ready`.
    const place = childOf(where, key) ?? where;
    const { check, period, timeout, delay, failures } = written;
    const times = { period, timeout, initialDelay: delay, failureThreshold: failures };
    if (check.type === 'command')
      return compact({ check: { type: check.type, command: [...check.command] }, ...times });
    const portPlace = childOf(place, 'port') ?? childOf(place, check.type) ?? place;
    const port = portNameOf(context, service, ports, check.port, `its health check (${check.type})`, portPlace);
    if (port === undefined) return undefined;
    return compact({ check: compact({ ...check, port }), ...times });
  };
  return compact({
    ready: probe(health.ready, 'ready'),
    live: probe(health.live, 'live'),
    startup: probe(health.startup, 'startup'),
  });
}

/** The Service's number for each port: that of the process, unless `expose` says another. */
export function planServicePorts(
  context: PlanContext,
  service: string,
  ports: Ports,
  expose: { port?: number; ports: Record<string, number> } | undefined,
  where: Place | undefined,
): Record<string, number> {
  const numbers = Object.fromEntries(Object.entries(ports).map(([name, { port }]) => [name, port]));
  if (expose?.port !== undefined) {
    const main = portNameOf(context, service, ports, undefined, 'expose.port', childOf(where, 'port'));
    if (main !== undefined) numbers[main] = expose.port;
  }
  for (const [name, number] of Object.entries(expose?.ports ?? {})) {
    const found = portNameOf(context, service, ports, name, 'expose.ports', placeOf(where, name));
    if (found !== undefined) numbers[found] = number;
  }
  return numbers;
}

const placeOf = (where: Place | undefined, name: string): Place | undefined => placeAt(where, 'ports', name);
