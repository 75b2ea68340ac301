import { compact } from '../freeze.ts';
import type { BackingService, Connection, Reference, Value, Workload } from '../plan.ts';
import { mainPortOf } from '../references/scope.ts';
import { definitionOf } from './backing.ts';

/** The parts of a plan that connections are read from. */
export interface Ends {
  workloads: Readonly<Record<string, Workload>>;
  backing: Readonly<Record<string, BackingService>>;
}

/**
 * Who talks to whom: what the variables and files of each workload refer to, and the hosts outside that it names.
 * A reference of a workload to itself is none, and a route is reached from outside. Sorted by `from`, `to`, port.
 */
export function findConnections(ends: Ends): Connection[] {
  const connections: Connection[] = [];
  for (const workload of Object.values(ends.workloads)) connections.push(...connectionsOf(workload, ends));
  return connections.sort(
    (a, b) => compareText(a.from, b.from) || compareText(a.to, b.to) || (a.port ?? 0) - (b.port ?? 0),
  );
}

function connectionsOf(workload: Workload, ends: Ends): Connection[] {
  const found = new Map<string, Connection>();
  const add = (value: Value, carrier: { variable: string } | { file: string }) => {
    for (const piece of value) {
      if (typeof piece === 'string') continue;
      const connection = connectionFor(workload.name, piece, ends);
      if (!connection) continue;
      const key = `${connection.kind} ${connection.to} ${connection.portName ?? ''}`;
      const known = found.get(key) ?? connection;
      found.set(key, known);
      if ('variable' in carrier) addOnce(known.variables, carrier.variable);
      else {
        known.files ??= [];
        addOnce(known.files, carrier.file);
      }
    }
  };
  for (const [variable, value] of Object.entries(workload.environment)) add(value, { variable });
  for (const [file, { content }] of Object.entries(workload.files)) if (content) add(content, { file });
  for (const { host, port } of workload.egress) {
    const protocol = { 443: 'https', 80: 'http' }[port] ?? 'tcp';
    found.set(`egress ${host} ${port}`, {
      from: workload.name,
      to: host,
      kind: 'egress',
      port,
      protocol,
      variables: [],
    });
  }
  return [...found.values()];
}

function connectionFor(from: string, reference: Reference, ends: Ends): Connection | undefined {
  const { kind, name, attribute } = reference;
  if (kind === 'workload' && name !== from) {
    const ports = ends.workloads[name]?.ports ?? {};
    const portName = reference.port ?? mainPortOf(ports);
    const port = portName === undefined ? undefined : ports[portName];
    return port && { from, to: name, kind, port: port.port, portName, protocol: port.protocol, variables: [] };
  }
  if (kind === 'backing') {
    const backing = ends.backing[name];
    if (!backing) return undefined;
    const definition = definitionOf(backing.type);
    const known = Object.hasOwn(definition.attributes, attribute) ? definition.attributes[attribute] : undefined;
    const portName = known?.port ?? definition.mainPort;
    const port = portName === undefined ? undefined : backing.ports[portName];
    const protocol = port?.protocol ?? backing.type;
    return compact({ from, to: name, kind, port: port?.port, portName, protocol, variables: [] });
  }
  return undefined;
}

function addOnce(list: string[], name: string): void {
  if (!list.includes(name)) list.push(name);
}

/** By code unit, which is the same on every machine. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
