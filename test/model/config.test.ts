import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadModel } from '../../src/model/load.ts';
import { nodeAt, positionOf, positionWithin } from '../../src/model/tree/position.ts';

const root = mkdtempSync(join(tmpdir(), 'gantry-config-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string>): string {
  const folder = mkdtempSync(join(root, 'case-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test('it is read anew each time, with what it imports', async () => {
  const folder = write({
    'gantry.config.ts': `import { name } from './name.ts';\nexport default { system: name };\n`,
    'name.ts': `export const name: string = 'first';\n`,
  });
  expect((await loadModel({ folder })).value?.system.system).toBe('first');
  writeFileSync(join(folder, 'name.ts'), `export const name: string = 'second';\n`);
  const { value } = await loadModel({ folder });
  expect(value?.system.system).toBe('second');
  expect(value?.watched.sort()).toEqual([join(folder, 'gantry.config.ts'), join(folder, 'name.ts')]);
  expect([...(value?.sources.keys() ?? [])].sort()).toEqual(['gantry.config.ts', 'name.ts']);
});

test('positions lead into the file that a value was written in, to the character', async () => {
  const folder = write({
    'gantry.config.ts': `import { env } from './more/env.ts';

export default {
  system: 'shop',
  services: { web: { source: 'web', env } },
};
`,
    'more/env.ts': `export const env = {\n  // ü\n  URL: 'http://x/\${api.url}',\n};\n`,
  });
  const { value } = await loadModel({ folder });
  const node = nodeAt(value?.located, ['services', 'web', 'env', 'URL']);
  if (!node) throw new Error('not found');
  expect(positionOf(node.span)).toEqual({ file: 'more/env.ts', line: 3, column: 8, length: 21 });
  expect(positionWithin(node, 9, 10)).toEqual({ file: 'more/env.ts', line: 3, column: 18, length: 10 });
});

test('it can look around itself, and wait', async () => {
  const folder = write({
    'gantry.config.ts': `import { readFileSync } from 'node:fs';
const port = Number(readFileSync(new URL('port.txt', import.meta.url), 'utf8'));
await new Promise((resolve) => setTimeout(resolve, 1));
export default Promise.resolve({ system: 'shop', services: { web: { source: 'web', port } } });
`,
    'port.txt': '4321',
  });
  const { value, diagnostics } = await loadModel({ folder });
  expect(diagnostics).toEqual([]);
  expect(value?.system.services['web']?.ports).toEqual({ http: { port: 4321, protocol: 'http' } });
});

test('a model in YAML can extend one in TypeScript', async () => {
  const folder = write({
    'gantry.yaml': 'extends: base.config.ts\nsystem: shop\n',
    'base.config.ts': `export default { services: { web: { source: 'web', port: 80 } } };\n`,
  });
  const { value, diagnostics } = await loadModel({ folder });
  expect(diagnostics).toEqual([]);
  expect(Object.keys(value?.system.services ?? {})).toEqual(['web']);
});

test('a name from another prototype cannot be smuggled in', async () => {
  const folder = write({
    'gantry.config.ts': `export default JSON.parse('{"system": "shop", "services": {"__proto__": {"source": "x"}}}');\n`,
  });
  const { value, diagnostics } = await loadModel({ folder });
  expect(value).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toEqual(['yaml/forbidden-key']);
});
