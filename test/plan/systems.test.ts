import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { planSchema } from '../../scripts/plan-schema.mjs';
import { originOf } from '../../src/plan/origins.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { expectFile } from '../snapshot.ts';
import { planFile } from './plan-file.ts';

const models = fileURLToPath(new URL('../model/systems/', import.meta.url));
const plans = fileURLToPath(new URL('./systems/', import.meta.url));

/** The five systems, in every environment that they name. */
const systems: [file: string, environments: string[]][] = [
  ['alice-multiverse.gantry.yaml', ['local', 'desktop', 'production']],
  ['genesis.gantry.config.ts', ['local', 'dev', 'prod']],
  ['message-router.gantry.yaml', ['local', 'production']],
  ['multi-agent-platform.gantry.yaml', ['local', 'production']],
  ['rust-basic-api.gantry.yaml', ['local']],
];
const cases = systems.flatMap(([file, environments]) =>
  environments.map((environment) => ({
    file,
    environment,
    name: `${file.replace(/\.gantry\..*/, '')}.${environment}`,
  })),
);

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(planSchema());

describe.each(cases)('$name', ({ file, environment, name }) => {
  test('is the plan that is kept', async () => {
    expectFile(`${plans}${name}.json`, `${JSON.stringify(await planOf(file, environment), null, 2)}\n`);
  });

  test('fits the schema of plans', async () => {
    validate(await planOf(file, environment));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('is plain: the same after a trip through JSON, frozen, and of this folder nowhere', async () => {
    const plan = await planOf(file, environment);
    const text = JSON.stringify(plan);
    expect(JSON.parse(text)).toStrictEqual(plan);
    expect(text).not.toContain(models);
    expect(Object.isFrozen(plan) && Object.isFrozen(plan.workloads) && Object.isFrozen(plan.origins)).toBe(true);
    expect(JSON.stringify(await planOf(file, environment))).toBe(text);
  });

  test('says of every value where it was written', async () => {
    const plan = await planOf(file, environment);
    for (const pointer of leavesOf({ ...plan, apiVersion: undefined, origins: undefined })) {
      expect(originOf(plan, pointer), pointer).toMatch(/^[^:]+\.(yaml|ts):\d+:\d+$/);
    }
    for (const pointer of Object.keys(plan.origins)) expect(valueAt(plan, pointer), pointer).toBeDefined();
  });
});

test('no plan is kept of a system that is not there', () => {
  expect(readdirSync(plans).sort()).toEqual(cases.map(({ name }) => `${name}.json`).sort());
});

async function planOf(file: string, environment: string): Promise<Plan> {
  const { plan, text } = await planFile(models, file, environment);
  if (!plan) throw new Error(text);
  expect(text).toBe('');
  return plan;
}

function* leavesOf(value: unknown, pointer = ''): Generator<string> {
  if (typeof value !== 'object' || value === null) yield pointer;
  else {
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined) continue;
      yield* leavesOf(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  }
}

function valueAt(value: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1);
  return keys.reduce<unknown>(
    (found, key) => (found as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
    value,
  );
}
