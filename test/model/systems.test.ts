import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadModel } from '../../src/model/load.ts';

const systems = new URL('systems/', import.meta.url).pathname;
const root = mkdtempSync(join(tmpdir(), 'gantry-systems-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Services, backing services and environments that each document names. */
const expected: Record<string, { services: number; backing: number; environments: string[] }> = {
  'alice-multiverse.gantry.yaml': { services: 4, backing: 1, environments: ['local', 'desktop', 'production'] },
  'genesis.gantry.config.ts': { services: 14, backing: 2, environments: ['local', 'dev', 'prod'] },
  'message-router.gantry.yaml': { services: 1, backing: 3, environments: ['local', 'production'] },
  'multi-agent-platform.gantry.yaml': { services: 8, backing: 3, environments: ['local', 'production'] },
  'rust-basic-api.gantry.yaml': { services: 1, backing: 1, environments: ['local'] },
};

test('there is a case for each system', () => {
  expect(readdirSync(systems).sort()).toEqual(Object.keys(expected));
});

describe.each(Object.entries(expected))('%s', (file, { services, backing, environments }) => {
  test.each(environments)('loads for %s', async (environment) => {
    const folder = mkdtempSync(join(root, 'system-'));
    cpSync(join(systems, file), join(folder, file));
    const { value, diagnostics } = await loadModel({ folder, file, environment });
    expect(diagnostics).toEqual([]);
    expect(value?.environments).toEqual(environments);
    expect(Object.keys(value?.system.services ?? {})).toHaveLength(services);
    expect(Object.keys(value?.system.backing ?? {})).toHaveLength(backing);
    expect(value?.watched).toEqual([join(folder, file)]);
    expect([...(value?.sources.keys() ?? [])]).toEqual([file]);
  });
});
