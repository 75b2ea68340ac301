import { duplicatePort } from '../../diagnostics/catalogue/model.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { System } from '../schema/system.ts';
import type { MapNode } from '../tree/node.ts';
import { keyPosition, nodeAt } from '../tree/position.ts';

/** Ports of one service with one number; UDP and TCP can share one. */
export function checkPorts(system: System, tree: MapNode): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [service, { ports }] of Object.entries(system.services)) {
    const names = Object.keys(ports);
    if (names.length < 2) continue;
    const taken = new Map<string, string>();
    const at = (name: string) => {
      const path = ['services', service, 'ports', name];
      return keyPosition(tree, nodeAt(tree, path) ? path : ['services', service, 'port']);
    };
    for (const [name, { port, protocol }] of Object.entries(ports)) {
      const key = `${port} ${protocol === 'udp'}`;
      const first = taken.get(key);
      if (first === undefined) taken.set(key, name);
      else found.push(duplicatePort(service, port, [first, name], at(name), at(first)));
    }
  }
  return found;
}
