import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadModel } from '../../src/model/load.ts';

async function problems(backing: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-model-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'gantry.yaml'), `system: given\nbacking:\n  data: ${backing}\n`);
  const { diagnostics } = await loadModel({ folder });
  return diagnostics.map(({ code, message, at }) => `${code} ${at?.line}:${at?.column} ${message}`);
}

test('an address given for what Gantry runs itself is refused, for it would be dropped', async () => {
  expect(await problems('{type: postgres, url: "postgres://elsewhere/x", host: elsewhere}')).toEqual([
    'model/contradiction 3:26 the backing service "data": `url` and `host` are given, but Gantry runs this PostgreSQL itself and decides them',
  ]);
  expect(await problems('{type: redis, from: managed, password: x}')).toEqual([
    'model/contradiction 3:38 the backing service "data": `password` is given, but Gantry runs this Redis itself and decides it',
  ]);
});

test('what runs elsewhere has the attributes that are given, and settings may always be given', async () => {
  expect(await problems('{type: postgres, from: external, url: "postgres://elsewhere/x"}')).toEqual([]);
  expect(await problems('{type: nats, manifests: k8s/nats, url: "nats://nats:4222"}')).toEqual([]);
  expect(await problems('{type: postgres, database: shop, user: shop}')).toEqual([]);
});
