import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { graphMermaid } from '../../src/plan/graph/mermaid.ts';
import { graphText } from '../../src/plan/graph/text.ts';
import { originOf } from '../../src/plan/origins.ts';
import { fencesOf } from '../docs/fences.ts';
import { planFile } from './plan-file.ts';

test('docs/plan.md shows what Gantry says of its model', async () => {
  const fences = fencesOf('docs/plan.md');
  const block = (...words: string[]) =>
    fences.find((fence) => [fence.language, ...fence.words].join() === words.join())?.text;
  const folder = mkdtempSync(join(tmpdir(), 'gantry-page-'));
  try {
    writeFileSync(join(folder, 'gantry.yaml'), block('yaml') ?? '');
    const { plan, text } = await planFile(folder, 'gantry.yaml');
    expect(text).toBe('');
    if (!plan) return;
    expect(`${block('text', 'graph')}\n`).toBe(graphText(plan));
    expect(`${block('mermaid')}\n`).toBe(graphMermaid(plan));
    expect(JSON.parse(block('json', 'environment') ?? '')).toEqual(plan.workloads['web']?.environment);
    const pointer = '/workloads/orders/environment/LOG_LEVEL';
    expect(fences.map((fence) => fence.text).join('\n')).toContain(`"${pointer}"]'\n${originOf(plan, pointer)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
