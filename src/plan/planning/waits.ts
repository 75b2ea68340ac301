import { type CycleStep, startCycle, unknownWait } from '../../diagnostics/catalogue/plan.ts';
import { nearest } from '../../diagnostics/nearest.ts';
import { cyclicComponents, type Graph, shortestCycle } from '../order/components.ts';
import { startWaves } from '../order/waves.ts';
import { childOf, keyPosition, type Place, placeAt, valuePosition } from '../place.ts';
import type { BackingService, Connection, Workload } from '../plan.ts';
import { mayBeDeclared } from '../unsure.ts';
import { isStartedHere } from './backing.ts';
import type { PlanContext } from './context.ts';

/**
 * What a workload waits for: all that it connects to and that somebody of ours starts, `ready`, unless its `waits` say
 * otherwise or more. Names in `waits` are found as in references: its own first. Fills in `waits` of each workload.
 */
export function applyWaits(
  context: PlanContext,
  workloads: Readonly<Record<string, Workload>>,
  backing: Readonly<Record<string, BackingService>>,
  connections: readonly Connection[],
): void {
  const services = childOf(context.root, 'services');
  const bySource = new Map<string, Connection[]>();
  for (const each of connections) {
    const list = bySource.get(each.from);
    if (list) list.push(each);
    else bySource.set(each.from, [each]);
  }
  for (const workload of Object.values(workloads)) {
    const place = childOf(services, workload.name);
    workload.waits = waitsOf(context, workload, bySource.get(workload.name) ?? [], backing, place);
  }
}

function waitsOf(
  context: PlanContext,
  workload: Workload,
  connections: readonly Connection[],
  backing: Readonly<Record<string, BackingService>>,
  place: Place | undefined,
): Workload['waits'] {
  const waits: Record<string, 'ready' | 'started' | 'none'> = {};
  for (const { kind, to } of connections) if (kind !== 'egress') waits[to] = 'ready';
  const service = context.system.services[workload.name];
  for (const [name, wait] of Object.entries(service?.waits ?? {})) {
    const key = keyOf(context, workload.name, name);
    if (key === undefined) {
      if (mayBeDeclared(name, context.names.unsure)) continue;
      const names = choices(context, workload.name);
      const at = keyPosition(placeAt(place, 'waits', name));
      context.report(unknownWait(name, names, nearest(name, names), at));
    } else waits[key] = wait;
  }
  const planned: Workload['waits'] = {};
  for (const [name, wait] of Object.entries(waits)) {
    const target = Object.hasOwn(backing, name) ? backing[name] : undefined;
    if (wait !== 'none' && (!target || isStartedHere(target))) planned[name] = wait;
  }
  context.origins.mark(planned, childOf(place, 'waits') ?? place, waitPlaces(planned, connections, place));
  return planned;
}

/** A wait was written under `waits`, or follows from the variable that refers to what is waited for. */
function waitPlaces(
  waits: Workload['waits'],
  connections: readonly Connection[],
  place: Place | undefined,
): Record<string, Place | undefined> {
  const places: Record<string, Place | undefined> = {};
  for (const connection of connections) {
    if (Object.hasOwn(waits, connection.to)) places[connection.to] = carrierPlace(place, connection);
  }
  for (const name of Object.keys(waits)) {
    const written = placeAt(place, 'waits', name);
    if (written) places[name] = written;
  }
  return places;
}

function keyOf({ names }: PlanContext, service: string, name: string): string | undefined {
  const owned = names.services.get(service)?.owned.get(name);
  return owned?.key ?? (names.services.has(name) ? name : names.backing.get(name)?.key);
}

const choices = ({ names }: PlanContext, service: string): string[] => [
  ...(names.services.get(service)?.owned.keys() ?? []),
  ...names.services.keys(),
  ...names.backing.keys(),
];

/**
 * The order of start in waves, backing services first within each. What nobody here starts is not in it.
 * Each circle of services that wait for each other is reported once, with the whole way round.
 */
export function planStartOrder(
  context: PlanContext,
  workloads: Readonly<Record<string, Workload>>,
  backing: Readonly<Record<string, BackingService>>,
  connections: readonly Connection[],
): string[][] {
  const graph = new Map<string, string[]>();
  for (const each of Object.values(backing)) if (isStartedHere(each)) graph.set(each.name, []);
  for (const each of Object.values(workloads)) graph.set(each.name, Object.keys(each.waits));
  const circles = cyclicComponents(graph);
  for (const circle of circles) context.report(startCycle(stepsOf(context, graph, circle, connections)));
  return circles.length > 0 ? [] : startWaves(graph);
}

function stepsOf(
  context: PlanContext,
  graph: Graph,
  circle: readonly string[],
  connections: readonly Connection[],
): CycleStep[] {
  const path = shortestCycle(graph, circle);
  return path.slice(0, -1).map((from, index) => {
    const to = path[index + 1] as string;
    const place = placeAt(context.root, 'services', from);
    const connection = connections.find((each) => each.from === from && each.to === to);
    const carrier = carrierOf(connection);
    const written = placeAt(place, 'waits', to);
    const because = carrier ?? 'its waits';
    return { from, to, because, at: keyPosition(written) ?? valuePosition(carrierPlace(place, connection) ?? place) };
  });
}

const carrierOf = (connection: Connection | undefined): string | undefined =>
  connection?.variables[0] ?? (connection?.files?.[0] === undefined ? undefined : `the file ${connection.files[0]}`);

/** Where the reference stands that makes a connection. */
function carrierPlace(service: Place | undefined, connection: Connection | undefined): Place | undefined {
  const [variable] = connection?.variables ?? [];
  const [file] = connection?.files ?? [];
  if (variable !== undefined) return placeAt(service, 'env', variable);
  return file === undefined ? undefined : placeAt(service, 'files', file, 'content');
}
