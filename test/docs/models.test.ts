import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadModel } from '../../src/model/load.ts';
import { planSystem } from '../../src/plan/plan-system.ts';
import { type Fence, fencesOf } from './fences.ts';

/** Pages whose models a reader would copy. */
const pages = ['README.md', 'docs/model.md', 'docs/local.md', 'docs/getting-started.md', 'docs/troubleshooting.md'];

const root = mkdtempSync(join(tmpdir(), 'gantry-docs-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What stands around a part of a model: everything that the parts refer to. */
const around = {
  system: 'docs',
  services: {
    web: { source: 'services/web', port: 3000 },
    api: { source: 'services/api', port: 8000 },
  },
  backing: { postgres: { type: 'postgres' } },
  secrets: { 'database-url': {} },
};

/** The block as a whole model: the word after `yaml` says which part of one it is. */
function wholeModel(fence: Fence): string {
  if (/^(#.*\n)*(extends|system): /.test(fence.text)) return fence.text;
  const part: unknown = parse(fence.text);
  const [place] = fence.words;
  if (place === 'service') {
    const example = { source: 'services/example', ...(part as object) };
    return stringify({ ...around, services: { ...around.services, example } });
  }
  if (place === 'backing' || place === 'secrets' || place === 'routes' || place === 'environments') {
    return stringify({ ...around, [place]: { ...(place === 'secrets' ? around.secrets : {}), ...(part as object) } });
  }
  throw new Error('say after ```yaml which part of a model this is: service, backing, secrets, routes or environments');
}

for (const page of pages) {
  for (const fence of fencesOf(page)) {
    // `mistake`: wrong on purpose; the page shows the error, and the page's own test compares it.
    if (!['yaml', 'ts'].includes(fence.language) || fence.words.includes('mistake')) continue;
    test(`${page}:${fence.line} is a model that loads and plans`, async () => {
      const folder = mkdtempSync(join(root, 'model-'));
      const file = fence.language === 'ts' ? 'gantry.config.ts' : 'gantry.yaml';
      writeFileSync(join(folder, file), fence.language === 'ts' ? fence.text : wholeModel(fence));
      for (const environment of ['local', ...(fence.words[0] === 'environments' ? ['production'] : [])]) {
        const { value: model, diagnostics } = await loadModel({ folder, environment });
        expect(diagnostics).toEqual([]);
        if (!model) throw new Error('no model, and no reason');
        const planned = planSystem(model);
        expect(planned.diagnostics).toEqual([]);
        expect(planned.value?.environment).toBe(environment);
      }
    });
  }
}

test('each page is really read', () => {
  expect(fencesOf('docs/model.md').filter(({ language }) => language === 'yaml').length).toBeGreaterThan(10);
});
