import { delimiter } from 'node:path';
import { backingDefinition } from '../../backing/definitions.ts';
import { workloadUrl } from '../../plan/addresses.ts';
import type { Plan, Reference, Value, Workload } from '../../plan/plan.ts';
import { type AssignedPorts, portKey } from './ports.ts';
import { secretVariable } from './secrets.ts';

/** What references lead to on this machine. */
export interface Addresses {
  plan: Plan;
  ports: AssignedPorts;
  /** By backing service; known once it has been launched. */
  attributes: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Secrets without a value are missing. */
  secrets: Readonly<Record<string, string>>;
}

/** Where services listen and are called. Loopback only: nothing of a developer's machine is offered to the network. */
export const host = '127.0.0.1';

/** The variables that the model gives a workload, with the names of those that hold a secret. */
export interface ResolvedVariables {
  variables: Record<string, string>;
  secret: string[];
}

/** A workload's variables: PORT, HOST, PORT_<NAME> for further ports, and what the model says, which wins. */
export function resolveVariables(workload: Workload, addresses: Addresses): ResolvedVariables {
  const variables: Record<string, string> = { HOST: host };
  const secret: string[] = [];
  for (const [index, name] of Object.keys(workload.ports).entries()) {
    const port = addresses.ports.get(portKey(workload.name, name));
    if (port === undefined) continue;
    if (index === 0) variables['PORT'] = String(port);
    variables[`PORT_${secretVariable(name)}`] = String(port);
  }
  for (const [name, value] of Object.entries(workload.environment)) {
    const text = resolveValue(value, addresses);
    // An optional secret that nobody gave: the variable is left out, so that the service sees it as not set.
    if (text === undefined) continue;
    variables[name] = text;
    if (value.some((part) => typeof part !== 'string' && isSecret(part, addresses.plan))) secret.push(name);
  }
  return { variables, secret };
}

/** Text of a value; undefined when it mentions an optional secret that has none. */
export function resolveValue(value: Value, addresses: Addresses): string | undefined {
  let text = '';
  for (const part of value) {
    const piece = typeof part === 'string' ? part : resolveReference(part, addresses);
    if (piece === undefined) return undefined;
    text += piece;
  }
  return text;
}

/** Names of the backing services in a value. */
export const backingIn = (value: Value): string[] =>
  value.flatMap((part) => (typeof part !== 'string' && part.kind === 'backing' ? [part.name] : []));

function resolveReference(reference: Reference, addresses: Addresses): string | undefined {
  const { kind, name, attribute } = reference;
  if (kind === 'secret') return addresses.secrets[name];
  if (kind === 'backing') return addresses.attributes.get(name)?.[attribute];
  if (kind === 'route') {
    const route = addresses.plan.routes[name];
    const port = route && addresses.ports.get(portKey(route.workload, route.port));
    if (!route || port === undefined) return undefined;
    if (attribute === 'host') return `localhost:${port}`;
    return `http://localhost:${port}${route.path === '/' ? '' : route.path}`;
  }
  const workload = addresses.plan.workloads[name];
  if (!workload || attribute === 'host') return host;
  const portName = reference.port ?? Object.keys(workload.ports)[0] ?? '';
  const port = addresses.ports.get(portKey(name, portName));
  if (port === undefined) return undefined;
  return attribute === 'port' ? String(port) : workloadUrl(workload.ports[portName]?.protocol ?? 'http', host, port);
}

function isSecret(reference: Reference, plan: Plan): boolean {
  if (reference.kind === 'secret') return true;
  if (reference.kind !== 'backing') return false;
  const type = plan.backing[reference.name]?.type ?? '';
  return backingDefinition(type)?.attributes[reference.attribute]?.secret === true;
}

/** What npm puts into the environment of a script about the script itself; meaningless, or wrong, for a service. */
const scriptVariable = /^(npm_(lifecycle|package)_|npm_(command|execpath|node_execpath)$|INIT_CWD$)/;

/**
 * What a process inherits from the user: everything but the variables about an npm script around us and those that give
 * the system's secrets, which only the services that ask for them get.
 */
export function inheritedVariables(plan: Plan): Record<string, string> {
  const given = new Set(Object.keys(plan.secrets).map(secretVariable));
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !scriptVariable.test(entry[0]) && !given.has(entry[0]),
    ),
  );
}

/** PATH with folders put in front. */
export const withPath = (folders: readonly string[], path = process.env['PATH'] ?? ''): string =>
  [...folders, path].filter(Boolean).join(delimiter);
