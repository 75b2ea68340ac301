import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { updating } from '../snapshot.ts';
import { planFile } from './plan-file.ts';

/**
 * Each page of cases/ is prose with models and what Gantry says of them: a `yaml` block, then a `text` block with the
 * exact diagnostics. GANTRY_UPDATE=1 rewrites the `text` blocks: look at the difference before committing it.
 */
const folder = fileURLToPath(new URL('./cases/', import.meta.url));
const block = /```yaml\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g;

describe.each(readdirSync(folder))('%s', (page) => {
  const sections = readFileSync(join(folder, page), 'utf8').split(/^(?=## )/m);
  const said = new Map<string, string>();

  test.each(sections.slice(1).map((section) => [section.slice(3, section.indexOf('\n')), section] as const))(
    '%s',
    async (title, section) => {
      const blocks = [...section.matchAll(block)];
      expect(blocks.length, 'a section has a model and what is said of it').toBeGreaterThan(0);
      let rewritten = section;
      for (const [whole, model = '', expected = ''] of blocks) {
        const text = await textOf(model);
        if (!updating) expect(`${text}\n`).toBe(expected);
        rewritten = rewritten.replace(whole, () => `\`\`\`yaml\n${model}\`\`\`\n\n\`\`\`text\n${text}\n\`\`\``);
      }
      said.set(title, rewritten);
    },
  );

  if (!updating) return;
  test('is rewritten', () => {
    const pages = sections.map((section) => said.get(section.slice(3, section.indexOf('\n'))) ?? section);
    writeFileSync(join(folder, page), pages.join(''));
  });
});

async function textOf(model: string): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), 'gantry-case-'));
  try {
    writeFileSync(join(place, 'gantry.yaml'), model);
    const { text } = await planFile(place, 'gantry.yaml');
    return text === '' ? 'no diagnostics' : text;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
