import { sha256 } from '../../host/files.ts';
import type { BackingService, Reference, Value, Workload } from '../../plan/plan.ts';
import { type Addresses, resolveValue } from './environment.ts';
import { portKey } from './ports.ts';

/**
 * Text that changes exactly when a unit must be started anew for a changed plan to hold on this machine: its own relevant
 * fields, and the addresses of what it mentions. Images, replicas and resources say nothing here.
 */
export function signatureOf(name: string, addresses: Addresses): string {
  const { workloads, backing } = addresses.plan;
  const workload = workloads[name];
  if (workload) return workloadSignature(workload, addresses);
  const service = backing[name];
  return service ? backingSignature(service, addresses) : '';
}

function workloadSignature(workload: Workload, addresses: Addresses): string {
  const { kind, schedule, source, command, before, ports, probes, environment, files, volumes, dev } = workload;
  const given = Object.keys(ports).map((port) => addresses.ports.get(portKey(workload.name, port)));
  const values = [
    ...Object.values(environment),
    ...Object.values(files).flatMap(({ content }) => (content ? [content] : [])),
  ];
  const led = values.map((value) => leadsTo(value, addresses));
  return sha256(
    JSON.stringify({
      kind,
      schedule,
      source,
      command,
      before,
      ports,
      given,
      probes,
      environment,
      files,
      volumes,
      dev,
      led,
    }),
  );
}

function backingSignature(service: BackingService, addresses: Addresses): string {
  const { type, version, owner, from, ports, attributes, settings, init } = service;
  const given = Object.keys(ports).map((port) => addresses.ports.get(portKey(service.name, port)));
  const led = Object.values(attributes).map((value) => leadsTo(value, addresses));
  return sha256(JSON.stringify({ type, version, owner, from, ports, given, attributes, settings, init, led }));
}

/** Where the references of a value lead. Attributes of a backing service follow from its signature, known or not yet. */
const leadsTo = (value: Value, addresses: Addresses): string[] =>
  value
    .filter((part): part is Reference => typeof part !== 'string')
    .map((reference) => {
      if (reference.kind !== 'backing') return sha256(resolveValue([reference], addresses) ?? '');
      const service = addresses.plan.backing[reference.name];
      return service ? backingSignature(service, addresses) : '';
    });
