import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadModel } from '../../src/model/load.ts';
import { planSystem } from '../../src/plan/plan-system.ts';
import { checkWorkloads } from '../../src/runtimes/local/workload-recipe.ts';

const root = mkdtempSync(join(tmpdir(), 'gantry-source-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('each folder that is not there, or that nothing is known about, is shown where the model names it', async () => {
  mkdirSync(join(root, 'gateway'));
  writeFileSync(
    join(root, 'gantry.yaml'),
    `system: shop
services:
  web: {source: gatewy, port: 3000}
  api:
    source: {context: nowhere, dockerfile: Dockerfile}
  empty: {source: gateway}
`,
  );
  const { value: model } = await loadModel({ folder: root });
  const { value: plan } = model ? planSystem(model) : {};
  if (!plan) throw new Error('the model is right');
  const names = new Set(Object.keys(plan.workloads));
  const { diagnostics } = await checkWorkloads({ root, mode: 'development' }, plan, names);
  expect(diagnostics.map(({ code, at, nearest }) => ({ code, at, nearest }))).toEqual([
    { code: 'language/no-folder', at: { file: 'gantry.yaml', line: 3, column: 17 }, nearest: 'gateway' },
    { code: 'language/no-folder', at: { file: 'gantry.yaml', line: 5, column: 5 }, nearest: undefined },
    { code: 'language/not-detected', at: { file: 'gantry.yaml', line: 6, column: 19 }, nearest: undefined },
  ]);
});
