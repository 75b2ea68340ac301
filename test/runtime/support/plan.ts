import type { BackingService, Plan, Workload } from '../../../src/plan/plan.ts';

/** A workload of a hand-made plan: a command, without a language. */
export interface SimpleWorkload extends Partial<Omit<Workload, 'ports'>> {
  /** Runs in the folder of the system. */
  run: string[];
  ports?: Record<string, number>;
}

/** A plan such as the planner would make, with as little in it as will do. */
export function simplePlan(
  workloads: Record<string, SimpleWorkload>,
  more: Partial<Plan> = {},
  backing: Record<string, Partial<BackingService> & { type: string }> = {},
): Plan {
  return {
    apiVersion: 'gantry/plan/v1',
    system: 'test',
    environment: 'local',
    namespace: 'test',
    namespaces: ['test'],
    secrets: {},
    routes: {},
    connections: [],
    startOrder: [],
    outputs: {},
    origins: {},
    ...more,
    workloads: Object.fromEntries(Object.entries(workloads).map(([name, simple]) => [name, workload(name, simple)])),
    backing: Object.fromEntries(Object.entries(backing).map(([name, given]) => [name, service(name, given)])),
  } as Plan;
}

function workload(name: string, { run, ports = {}, dev = {}, ...rest }: SimpleWorkload): Workload {
  return {
    name,
    kind: Object.keys(ports).length > 0 ? 'web' : 'worker',
    namespace: 'test',
    aliases: [],
    image: { repository: `test-${name}`, built: false },
    before: [],
    ports: Object.fromEntries(
      Object.entries(ports).map(([port, number]) => [port, { port: number, protocol: 'http' }]),
    ),
    servicePorts: {},
    external: false,
    probes: {},
    environment: {},
    files: {},
    volumes: {},
    resources: {},
    scale: { min: 1, max: 1 },
    waits: {},
    egress: [],
    permissions: [],
    dev: { command: run, ...dev },
    ...rest,
  } as Workload;
}

function service(name: string, given: Partial<BackingService> & { type: string }): BackingService {
  return {
    name,
    version: '',
    namespace: 'test',
    from: 'managed',
    ports: {},
    attributes: {},
    settings: {},
    resources: {},
    exposed: false,
    ...given,
  } as BackingService;
}
