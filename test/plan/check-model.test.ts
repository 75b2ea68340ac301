import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Failure } from '../../src/diagnostics/diagnostic.ts';
import { checkModel } from '../../src/pipeline/check-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(
  join(folder, 'gantry.yaml'),
  `system: shop
services:
  web: {source: web, port: 3000, env: {DATABASE_URL: "\${postgres.url}", PROJECT: "\${variables.project}"}}
backing:
  postgres: {type: postgres}
environments:
  local: {variables: {project: here}}
  production: {variables: {project: there}, backing: {postgres: {from: external, host: db.example.com}}}
  staging: {}
`,
);

test('a reference that only another environment breaks is found, and the environment is named', async () => {
  const failure = await checkModel({ folder }).catch((error: unknown) => error);
  if (!(failure instanceof Failure)) throw new Error('nothing was wrong');
  expect(failure.diagnostics.map(({ code, related }) => [code, related?.at(-1)?.message])).toEqual([
    ['reference/not-given', 'in the environment "production"'],
    ['reference/unknown-variable', 'in the environment "staging"'],
  ]);
});

test('one environment alone is checked when it is named', async () => {
  expect((await checkModel({ folder, environment: 'local' })).plan.environment).toBe('local');
  await expect(checkModel({ folder, environment: 'production' })).rejects.toThrow('reference/not-given');
});
