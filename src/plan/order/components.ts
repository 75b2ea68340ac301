/** A directed graph: for each name, in order, the names that it points to. Every target is a key too. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * Strongly connected components with more than one member, or with an edge to itself: what can never be put in order.
 * Tarjan's algorithm with a stack of its own instead of recursion, for a chain of thousands must not overflow; linear.
 * @returns the components in the order of the graph, and so their members.
 */
export function cyclicComponents(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open = new Set<string>();
  const stack: string[] = [];
  const found: string[][] = [];
  for (const root of graph.keys()) {
    if (index.has(root)) continue;
    const work: { name: string; next: number }[] = [{ name: root, next: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1] as { name: string; next: number };
      const { name } = frame;
      if (frame.next === 0) {
        index.set(name, index.size);
        low.set(name, index.get(name) as number);
        stack.push(name);
        open.add(name);
      }
      const targets = graph.get(name) ?? [];
      let descended = false;
      while (frame.next < targets.length) {
        const target = targets[frame.next] as string;
        frame.next += 1;
        if (!index.has(target)) {
          work.push({ name: target, next: 0 });
          descended = true;
          break;
        }
        if (open.has(target)) lower(low, name, index.get(target) as number);
      }
      if (descended) continue;
      work.pop();
      const parent = work[work.length - 1];
      if (parent) lower(low, parent.name, low.get(name) as number);
      if (low.get(name) !== index.get(name)) continue;
      const component = stack.splice(stack.lastIndexOf(name));
      for (const member of component) open.delete(member);
      if (component.length > 1 || targets.includes(name)) found.push(component);
    }
  }
  const place = new Map([...graph.keys()].map((name, position) => [name, position]));
  const at = (name: string) => place.get(name) ?? 0;
  for (const component of found) component.sort((a, b) => at(a) - at(b));
  return found.sort((a, b) => at(a[0] ?? '') - at(b[0] ?? ''));
}

/**
 * A shortest cycle through the first member of a component: what to show to a person.
 * @returns the names along it, beginning and ending with the same one.
 */
export function shortestCycle(graph: Graph, component: readonly string[]): string[] {
  const [start = ''] = component;
  const members = new Set(component);
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let head = 0; head < queue.length; head += 1) {
    const name = queue[head] as string;
    for (const target of graph.get(name) ?? []) {
      if (target === start) return pathTo(name, start, cameFrom);
      if (!members.has(target) || cameFrom.has(target)) continue;
      cameFrom.set(target, name);
      queue.push(target);
    }
  }
  return [...component, start];
}

function pathTo(last: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path = [start];
  for (let name = last; name !== start; name = cameFrom.get(name) as string) path.push(name);
  return [...path, start].reverse();
}

function lower(low: Map<string, number>, name: string, value: number): void {
  if (value < (low.get(name) as number)) low.set(name, value);
}
