import { fileURLToPath } from 'node:url';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { graphMermaid } from '../../src/plan/graph/mermaid.ts';
import { graphSvg } from '../../src/plan/graph/svg.ts';
import { graphText } from '../../src/plan/graph/text.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { expectFile } from '../snapshot.ts';
import { planFile } from './plan-file.ts';

const models = fileURLToPath(new URL('../model/systems/', import.meta.url));
const kept = (name: string) => fileURLToPath(new URL(`./graphs/${name}`, import.meta.url));

async function planOf(name: string): Promise<Plan> {
  const { plan, text } = await planFile(models, `${name}.gantry.yaml`);
  if (!plan) throw new Error(text);
  return plan;
}

describe.each(['multi-agent-platform', 'alice-multiverse'])('%s', (name) => {
  test('as text', async () => expectFile(kept(`${name}.txt`), graphText(await planOf(name))));
  test('as Mermaid', async () => expectFile(kept(`${name}.mmd`), graphMermaid(await planOf(name))));
  test('as SVG', async () => expectFile(kept(`${name}.svg`), graphSvg(await planOf(name))));
});

test('a picture is a file of its own: no links, no scripts, light and dark', async () => {
  const svg = graphSvg(await planOf('multi-agent-platform'));
  expect(XMLValidator.validate(svg)).toBe(true);
  expect(svg).toContain('prefers-color-scheme:dark');
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:\/\/|<script|@import|href=/);
});

test('every box and bend of the picture lies inside of it', async () => {
  const svg = graphSvg(await planOf('multi-agent-platform'));
  const [width = 0, height = 0] = (/viewBox="0 0 (\S+) (\S+)"/.exec(svg) ?? []).slice(1).map(Number);
  const points = [...svg.matchAll(/<rect class="box" x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"/g)].flatMap(
    (box) => {
      const [x = 0, y = 0, w = 0, h = 0] = box.slice(1).map(Number);
      return [[x, y] as const, [x + w, y + h] as const];
    },
  );
  expect(points.length).toBe(2 * (8 + 3 + 2 + 2));
  for (const [, path = ''] of svg.matchAll(/class="line [a-z]+" d="([^"]+)"/g)) {
    for (const [, x, y] of path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)) points.push([Number(x), Number(y)]);
  }
  for (const [x, y] of points) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(width);
    expect(y).toBeLessThanOrEqual(height);
  }
});

test('names never become markup', async () => {
  const plan = structuredClone(await planOf('multi-agent-platform')) as Plan;
  const hostile = `a"]<b>&'#\`; click x "javascript:alert(1)"\u0000`;
  for (const route of Object.values(plan.routes)) route.host = hostile;
  for (const connection of plan.connections) if (connection.kind === 'egress') connection.to = hostile;
  const svg = graphSvg(plan);
  expect(XMLValidator.validate(svg)).toBe(true);
  expect(svg).not.toContain('<b>');
  const nodes = graphMermaid(plan)
    .split('\n')
    .filter((line) => /javascript/.test(line));
  expect(nodes.length).toBeGreaterThan(0);
  // Whatever a name says stays inside one pair of quotes.
  for (const line of nodes) expect(line).toMatch(/^ {2}(\S+\(\["[^"<>]*"\]\) --> \S+|\S+\{\{"[^"<>]*"\}\})$/);
});

test('a system with nothing in it is drawn too', async () => {
  const plan = {
    ...(await planOf('alice-multiverse')),
    workloads: {},
    backing: {},
    routes: {},
    connections: [],
    startOrder: [],
  };
  expect(XMLValidator.validate(graphSvg(plan))).toBe(true);
  expect(graphMermaid(plan)).toBe('flowchart LR\n');
  expect(graphText(plan)).toContain('0 services');
});
