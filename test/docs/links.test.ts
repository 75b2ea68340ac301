import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { gantry } from '../../src/cli/commands/gantry.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const below = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const examples = readdirSync(join(root, 'examples')).map((name) => join('examples', name, 'README.md'));
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...below('docs'), ...examples.filter(isThere)];

function isThere(page: string): boolean {
  return existsSync(join(root, page));
}

const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** Without fenced blocks: what is in them is shown, not meant. */
const prose = (text: string): string => text.replace(/^```[^\n]*\n[\s\S]*?^```$/gm, '');

/** Anchors that a page offers, made from its headings as GitHub makes them. */
function anchors(page: string): Set<string> {
  const headings = [...prose(read(page)).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

for (const page of pages) {
  test(`the links of ${page} lead somewhere`, () => {
    const links = [...prose(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      if (!isThere(target)) return true;
      return anchor !== undefined && !anchors(target).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  test(`the commands in ${page} are commands`, () => {
    const names = new Set((gantry.commands ?? []).flatMap(({ name, aliases = [] }) => [name, ...aliases]));
    names.add('help');
    const written = [...read(page).matchAll(/(?:^|`)gantry ([a-z]+)/gm)].map(([, name = '']) => name);
    expect(written.filter((name) => !names.has(name))).toEqual([]);
  });
}
