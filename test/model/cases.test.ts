import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';
import { loadModel } from '../../src/model/load.ts';

/**
 * The pages in cases/ are prose, models, and exactly what is said of them. Under a heading: ```yaml or ```ts is the model
 * (a second word names another file), ```text is every diagnostic (`nothing` for none), ```json is a part of what comes
 * out; a second word after these is the environment. `UPDATE=1` writes the texts anew, to be read before they are kept.
 */
const folder = new URL('cases/', import.meta.url).pathname;
const root = mkdtempSync(join(tmpdir(), 'gantry-cases-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Fence {
  language: string;
  word: string;
  text: string;
}

const fencesOf = (text: string): Fence[] =>
  [...text.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(([, language = '', word = '', body = '']) => ({
    language,
    word,
    text: body,
  }));

async function load(fences: readonly Fence[], environment: string) {
  const home = mkdtempSync(join(root, 'case-'));
  const sources = new Map<string, string>();
  for (const { language, word, text } of fences) {
    if (language !== 'yaml' && language !== 'ts') continue;
    const name = word || (language === 'ts' ? 'gantry.config.ts' : 'gantry.yaml');
    sources.set(name, text);
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text);
  }
  const loaded = await loadModel({ folder: home, file: [...sources.keys()][0], environment: environment || undefined });
  return { ...loaded, shown: formatDiagnostics(loaded.diagnostics, sources, { color: false }) || 'nothing' };
}

for (const page of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
  const path = join(folder, page);
  let whole = readFileSync(path, 'utf8');
  const sections = whole.split(/^## /m).slice(1);
  describe(page, () => {
    test.each(sections.map((section) => [section.slice(0, section.indexOf('\n')), section]))(
      '%s',
      async (_, section) => {
        const fences = fencesOf(section);
        let checked = 0;
        for (const { language, word, text } of fences) {
          if (language !== 'text' && language !== 'json') continue;
          const { value, shown } = await load(fences, word);
          checked += 1;
          if (language === 'json') expect(value?.system, shown).toMatchObject(JSON.parse(text));
          else if (process.env['UPDATE']) {
            const fence = (body: string) => `\`\`\`text${word && ` ${word}`}\n${body}\`\`\``;
            whole = whole.replace(section, () => section.replace(fence(text), () => fence(`${shown}\n`)));
          } else expect(shown).toBe(text.trimEnd());
        }
        expect(checked).toBeGreaterThan(0);
      },
    );
    afterAll(() => {
      if (process.env['UPDATE']) writeFileSync(path, whole);
    });
  });
}
