import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cyclicComponents, shortestCycle } from '../../src/plan/order/components.ts';
import { startWaves } from '../../src/plan/order/waves.ts';

const graphOf = (edges: Record<string, string[]>) => new Map(Object.entries(edges));

describe('startWaves', () => {
  test('puts each name right after the last that it needs, in the order of the graph', () => {
    const graph = graphOf({ web: ['api'], api: ['db', 'bus'], worker: ['bus'], db: [], bus: [] });
    expect(startWaves(graph)).toEqual([['db', 'bus'], ['api', 'worker'], ['web']]);
  });

  test('every edge of a random graph without cycles leads to an earlier wave, and nobody is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(40), { maxLength: 6 }), { minLength: 1, maxLength: 40 }), (rows) => {
        const graph = new Map(
          rows.map((row, from) => [`n${from}`, [...new Set(row.filter((to) => to < from))].map((to) => `n${to}`)]),
        );
        const waves = startWaves(graph);
        const wave = new Map(waves.flatMap((names, index) => names.map((name) => [name, index] as const)));
        expect(wave.size).toBe(graph.size);
        for (const [from, targets] of graph) {
          const latest = Math.max(-1, ...targets.map((to) => wave.get(to) as number));
          expect(wave.get(from)).toBe(latest + 1);
        }
        expect(cyclicComponents(graph)).toEqual([]);
      }),
    );
  });

  test('a chain of 20,000 neither overflows the stack nor takes long', () => {
    const graph = new Map(Array.from({ length: 20_000 }, (_, n) => [`n${n}`, n === 0 ? [] : [`n${n - 1}`]]));
    expect(cyclicComponents(graph)).toEqual([]);
    expect(startWaves(graph)).toHaveLength(20_000);
    graph.set('n0', ['n19999']);
    expect(cyclicComponents(graph)[0]).toHaveLength(20_000);
  });
});

describe('cyclicComponents', () => {
  test('finds each circle once, with its members in the order of the graph', () => {
    const graph = graphOf({ a: ['b'], b: ['c'], c: ['a', 'd'], d: [], e: ['f'], f: ['e'], g: ['g'], h: ['a'] });
    expect(cyclicComponents(graph)).toEqual([['a', 'b', 'c'], ['e', 'f'], ['g']]);
  });

  test('agrees with reachability on random graphs', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 8, maxLength: 8 }), (rows) => {
        const graph = new Map(rows.map((row, from) => [`n${from}`, [...new Set(row)].map((to) => `n${to}`)]));
        const members = cyclicComponents(graph).flat();
        for (const name of graph.keys()) expect(members.includes(name)).toBe(reaches(graph, name, name));
      }),
    );
  });
});

describe('shortestCycle', () => {
  test('takes the short way round', () => {
    const graph = graphOf({ a: ['b'], b: ['c', 'a'], c: ['a'] });
    expect(shortestCycle(graph, ['a', 'b', 'c'])).toEqual(['a', 'b', 'a']);
    expect(shortestCycle(graphOf({ a: ['a'] }), ['a'])).toEqual(['a', 'a']);
    expect(shortestCycle(graphOf({ a: ['b'], b: ['c'], c: ['a'] }), ['a', 'b', 'c'])).toEqual(['a', 'b', 'c', 'a']);
  });
});

function reaches(graph: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const queue = [...(graph.get(from) ?? [])];
  for (let head = 0; head < queue.length; head += 1) {
    const name = queue[head] as string;
    if (name === to) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    queue.push(...(graph.get(name) ?? []));
  }
  return false;
}
