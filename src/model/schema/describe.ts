import type { LocatedNode } from '../tree/node.ts';

/** The part of a model at a path, in words for a message: `the service "web"`, `"cpu" of the service "web"`. */
export function inWords(path: readonly PropertyKey[]): string {
  const [first, second, third, fourth] = path.map(String);
  if (first === undefined) return 'the model';
  const kinds: Record<string, string> = {
    services: 'the service',
    backing: 'the backing service',
    secrets: 'the secret',
    routes: 'the route',
    outputs: 'the target',
    environments: 'the environment',
  };
  const kind = kinds[first];
  if (first === 'routes' && typeof path[1] === 'number') return part(path, 2, `route ${path[1] + 1} of the list`);
  if (kind === undefined || second === undefined) return named(path);
  if (first === 'services' && third === 'owns' && fourth !== undefined) {
    return part(path, 4, `the backing service "${fourth}" of the service "${second}"`);
  }
  return part(path, 2, `${kind} "${second}"`);
}

const part = (path: readonly PropertyKey[], from: number, whole: string): string =>
  path.length === from ? whole : `${named(path.slice(from))} of ${whole}`;

/** `env.PORT` as `"env.PORT"`, `before[0]` as `"before[0]"`. */
const named = (path: readonly PropertyKey[]): string =>
  `"${path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`)).join('')}"`;

/** What was written, in words: `a map`, `the number 3`, `"abc"`. */
export function seenInWords(node: LocatedNode | undefined): string {
  if (!node) return 'nothing';
  if (node.kind === 'map') return node.entries.size === 0 ? 'an empty map' : 'a map';
  if (node.kind === 'list') return node.items.length === 0 ? 'an empty list' : 'a list';
  const { value } = node;
  if (value === null) return 'nothing';
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
  return typeof value === 'number' ? `the number ${node.written ?? value}` : `${node.written ?? value}`;
}
