import { afterAll, beforeAll, expect, test } from 'vitest';
import '../../examples/rust-basic-api/test/smoke.test.ts';
import { type RunningExample, startExample } from './running-example.ts';

let example: RunningExample;

beforeAll(async () => {
  example = await startExample('rust-basic-api');
  process.env['API_URL'] = example.address('rust-basic-api');
}, 600_000);

afterAll(() => example?.stop());

test('the migrations ran before the service started', () => {
  const lines = example.output.split('\n');
  const migrated = lines.findIndex((line) => line.includes('before: rust-basic-api migrate'));
  const started = lines.findIndex((line) => /^rust-basic-api +\* ready/.test(line));
  expect(migrated).toBeGreaterThan(-1);
  expect(started).toBeGreaterThan(migrated);
});
