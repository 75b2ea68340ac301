import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backingDefinitions } from '../../src/backing/definitions.ts';
import { system as systemSchema } from '../../src/model/schema/system.ts';
import type { Connection, Plan } from '../../src/plan/plan.ts';
import { planParts } from '../../src/plan/planning/system.ts';
import { pretendPlace } from './place.ts';

const portSets = [
  {},
  { http: 3000 },
  { http: 3000, metrics: 9090 },
  { grpc: { port: 50051, protocol: 'grpc' }, admin: 8081 },
  { raw: { port: 7000, protocol: 'tcp' } },
] as const;
const types = ['postgres', 'redis', 'nats', 'qdrant'] as const;

/** How a reference is planted: from a service to an earlier one or to a backing service, saying a port or the main one. */
interface Planted {
  from: number;
  to: number;
  backing: boolean;
  port: number;
  attribute: 'url' | 'host' | 'port';
  around: string;
}

const models = fc
  .record({
    services: fc.array(fc.nat(portSets.length - 1), { minLength: 1, maxLength: 9 }),
    backing: fc.array(fc.nat(types.length - 1), { maxLength: 4 }),
    planted: fc.array(
      fc.record<Planted>({
        from: fc.nat(20),
        to: fc.nat(20),
        backing: fc.boolean(),
        port: fc.nat(3),
        attribute: fc.constantFrom('url', 'host', 'port'),
        around: fc.constantFrom('', 'x', '$', '$${a.b}', '://'),
      }),
      { maxLength: 25 },
    ),
  })
  .map(({ services, backing, planted }) => build(services, backing, planted));

type Expected = Omit<Connection, 'variables' | 'files'>;

function build(services: number[], backing: number[], planted: Planted[]) {
  const model = {
    system: 'random',
    services: Object.fromEntries(
      services.map((set, index) => [
        `s${index}`,
        { source: '.', ports: portSets[set], env: {} as Record<string, string> },
      ]),
    ),
    backing: Object.fromEntries(backing.map((type, index) => [`b${index}`, { type: types[type] }])),
  };
  const expected = new Map<string, Expected & { variables: string[] }>();
  planted.forEach((each, index) => {
    const from = each.from % services.length;
    const service = model.services[`s${from}`];
    if (!service) return;
    const variable = `V${index}`;
    const reach = (connection: Expected, reference: string) => {
      // `$` right before a reference would escape it.
      const before = each.around === '$' ? '' : each.around;
      service.env[variable] = `${before}\${${reference}}${each.around}`;
      const key = `${connection.from} ${connection.to} ${connection.portName}`;
      const known = expected.get(key) ?? { ...connection, variables: [] };
      known.variables.push(variable);
      expected.set(key, known);
    };
    if (each.backing && backing.length > 0) {
      const to = each.to % backing.length;
      const definition = backingDefinitions[types[backing[to] as number] as (typeof types)[number]];
      const portName = definition.mainPort;
      const port = (definition.ports as Record<string, { port: number; protocol: string }>)[portName];
      if (!port) return;
      const ends = { from: `s${from}`, to: `b${to}`, kind: 'backing' as const };
      reach({ ...ends, portName, port: port.port, protocol: port.protocol }, `b${to}.${each.attribute}`);
    } else if (from > 0) {
      const to = each.to % from;
      const ports = Object.entries(portSets[services[to] as number] ?? {});
      if (ports.length === 0) return;
      const main = ports.find(([name]) => name === 'http') ?? ports[0];
      const named = ports[each.port];
      const [portName, value] = (each.attribute === 'host' ? main : (named ?? main)) as [
        string,
        number | { port: number; protocol: string },
      ];
      const port = typeof value === 'number' ? { port: value, protocol: 'http' } : value;
      const said = named && each.attribute !== 'host' ? `${each.attribute}s.${portName}` : each.attribute;
      const ends = { from: `s${from}`, to: `s${to}`, kind: 'workload' as const };
      reach({ ...ends, portName, ...port }, `s${to}.${said}`);
    }
  });
  return { model, expected: [...expected.values()] };
}

function planOf(model: unknown): Plan {
  const parsed = systemSchema.parse(model);
  const { value, diagnostics } = planParts(parsed, 'local', pretendPlace(model));
  if (!value) throw new Error(JSON.stringify(diagnostics));
  return value;
}

describe('a model with planted references', () => {
  test('has the planted connections and no others', () => {
    fc.assert(
      fc.property(models, ({ model, expected }) => {
        const order = (list: Connection[]) => list.map((each) => JSON.stringify(sorted(each))).sort();
        expect(order([...planOf(model).connections])).toEqual(order(expected));
      }),
      { numRuns: 500 },
    );
  });

  test('starts everything once, each after all that it waits for', () => {
    fc.assert(
      fc.property(models, ({ model }) => {
        const plan = planOf(model);
        const wave = new Map(plan.startOrder.flatMap((names, index) => names.map((name) => [name, index] as const)));
        expect([...wave.keys()].sort()).toEqual([...Object.keys(plan.workloads), ...Object.keys(plan.backing)].sort());
        for (const { name, waits } of Object.values(plan.workloads)) {
          for (const other of Object.keys(waits)) expect(wave.get(other)).toBeLessThan(wave.get(name) as number);
        }
        for (const { from, to } of plan.connections) expect(plan.workloads[from]?.waits[to]).toBe('ready');
      }),
      { numRuns: 300 },
    );
  });

  test('is frozen, the same after a trip through JSON, and the same each time', () => {
    fc.assert(
      fc.property(models, ({ model }) => {
        const plan = planOf(model);
        expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
        expect(JSON.stringify(planOf(structuredClone(model)))).toBe(JSON.stringify(plan));
        for (const object of objectsIn(plan)) expect(Object.isFrozen(object)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

const sorted = (connection: Connection): unknown[] => {
  const { from, to, kind, portName, port, protocol, variables } = connection;
  return [from, to, kind, portName, port, protocol, [...variables].sort()];
};

function* objectsIn(value: unknown): Generator<object> {
  if (typeof value !== 'object' || value === null) return;
  yield value;
  for (const member of Object.values(value)) yield* objectsIn(member);
}
