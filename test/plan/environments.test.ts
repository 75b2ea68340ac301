import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { planFile } from './plan-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-environments-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A part of a service; `null` takes away what is there. */
const part = fc.record(
  {
    scale: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(null)),
    env: fc.dictionary(
      fc.constantFrom('A', 'B', 'C'),
      fc.oneof(fc.constantFrom('x', '${api.url}', '${db.host}'), fc.constant(null)),
    ),
    metrics: fc.constantFrom('/metrics', '/m', null),
    permissions: fc.constantFrom(['a'], ['b', 'c'], null),
    volumes: fc.dictionary(fc.constantFrom('v', 'w'), fc.constantFrom('/data', '/cache')),
  },
  { requiredKeys: [] },
);
const base = { system: 'shop', backing: { db: { type: 'postgres' } } };
const web = { source: 'web', port: 3000 };
const api = { source: 'api', port: 3001 };

test('an environment says the same once or twice: merging it over its own result changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(part, part, async (top, over) => {
      const once = {
        ...base,
        services: { api, web: { ...web, ...top } },
        environments: { local: { services: { web: over } } },
      };
      const first = await planOf(once);
      const merged = {
        ...base,
        services: { api, web: { ...web, ...merge(top, over) } },
        environments: { local: { services: { web: withoutNulls(over) } } },
      };
      expect(await planOf(merged)).toEqual(first);
    }),
    { numRuns: 60 },
  );
});

test('an environment over nothing is the same as writing it at the top', async () => {
  await fc.assert(
    fc.asyncProperty(part, async (over) => {
      const clean = withoutNulls(over) as object;
      const below = { ...base, services: { api, web }, environments: { local: { services: { web: clean } } } };
      const above = { ...base, services: { api, web: { ...web, ...clean } } };
      expect(await planOf(below)).toEqual(await planOf(above));
    }),
    { numRuns: 40 },
  );
});

/** The rule in a few lines: maps merge, the rest replaces, `null` removes. */
function merge(below: unknown, over: unknown): Record<string, unknown> {
  const result = { ...(below as Record<string, unknown>) };
  for (const [key, value] of Object.entries(over as Record<string, unknown>)) {
    const under = result[key];
    if (value === null) delete result[key];
    else result[key] = isMap(value) ? merge(isMap(under) ? under : {}, value) : value;
  }
  return withoutNulls(result) as Record<string, unknown>;
}

const isMap = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const withoutNulls = (value: unknown): unknown =>
  isMap(value)
    ? Object.fromEntries(
        Object.entries(value as object).flatMap(([key, each]) => (each === null ? [] : [[key, withoutNulls(each)]])),
      )
    : value;

/** The plan but for where its values were written. Infos about a `null` that removed nothing are no matter here. */
async function planOf(model: unknown): Promise<unknown> {
  const name = `${Math.random().toString(36).slice(2)}.yaml`;
  writeFileSync(join(folder, name), stringify(model));
  const { plan, text } = await planFile(folder, name);
  if (!plan) throw new Error(`${stringify(model)}\n${text}`);
  return { ...plan, origins: undefined };
}
