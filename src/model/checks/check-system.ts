import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { System } from '../schema/system.ts';
import type { MapNode } from '../tree/node.ts';
import { checkNames } from './names.ts';
import { checkPorts } from './ports.ts';
import { checkSchedules } from './schedules.ts';

/**
 * What no single value shows, but the whole does. What needs references, start order or resolved ports is the planner's.
 * @param tree of the same environment, for positions
 */
export const checkSystem = (system: System, tree: MapNode): Diagnostic[] => [
  ...checkNames(system, tree),
  ...checkPorts(system, tree),
  ...checkSchedules(system, tree),
];
