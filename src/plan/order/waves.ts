import type { Graph } from './components.ts';

/**
 * Puts the names of a graph without cycles in waves: each name as early as it can be, in a wave after all that it points
 * to. Kahn's algorithm; linear.
 * @returns names in the order of the graph within each wave. Names on a cycle are left out: look for those first.
 */
export function startWaves(graph: Graph): string[][] {
  const waiting = new Map<string, number>();
  const dependents = new Map<string, string[]>();
  for (const [name, targets] of graph) {
    waiting.set(name, targets.length);
    for (const target of targets) {
      const list = dependents.get(target);
      if (list) list.push(name);
      else dependents.set(target, [name]);
    }
  }
  const place = new Map([...graph.keys()].map((name, position) => [name, position]));
  const waves: string[][] = [];
  let wave = [...graph.keys()].filter((name) => waiting.get(name) === 0);
  while (wave.length > 0) {
    waves.push(wave);
    const next: string[] = [];
    for (const name of wave) {
      for (const dependent of dependents.get(name) ?? []) {
        const left = (waiting.get(dependent) as number) - 1;
        waiting.set(dependent, left);
        if (left === 0) next.push(dependent);
      }
    }
    wave = next.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  }
  return waves;
}
