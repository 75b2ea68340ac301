import { Graph, layout } from '@dagrejs/dagre';
import type { Connection, Plan } from '../plan.ts';

/** A box of the drawing, in pixels; `x` and `y` are its upper left corner. */
export interface Box {
  kind: 'route' | 'workload' | 'backing' | 'egress';
  name: string;
  /** Second line: ports, type and version. */
  detail: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Line {
  kind: Connection['kind'] | 'route';
  from: string;
  to: string;
  /** What the line means, for a tooltip. */
  meaning: string;
  points: { x: number; y: number }[];
}

export interface Drawing {
  boxes: Box[];
  lines: Line[];
  width: number;
  height: number;
}

/** Width of a character of the drawing's font at 13 px, on the generous side: fonts differ by machine. */
const characterWidth = 7.6;
const boxHeight = 46;
const padding = 14;
const margin = 16;

/** Places a plan's graph in layers from left to right: routes, services by what they reach, backing services, the outside. */
export function layOut(plan: Plan): Drawing {
  const graph = new Graph({ directed: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 84 });
  graph.setDefaultEdgeLabel(() => ({}));
  const boxes = boxesOf(plan);
  for (const [id, box] of boxes) graph.setNode(id, { width: box.width, height: box.height });
  const lines = linesOf(plan);
  for (const [pair, line] of lines) graph.setEdge(line.from, line.to, { label: pair });
  layout(graph);
  for (const [id, box] of boxes) {
    const node = graph.node(id) as { x: number; y: number };
    box.x = round(node.x - box.width / 2);
    box.y = round(node.y - box.height / 2);
  }
  for (const line of lines.values()) {
    const edge = graph.edge(line.from, line.to) as { points: { x: number; y: number }[] };
    line.points = edge.points.map((point) => ({ x: round(point.x), y: round(point.y) }));
  }
  return fitted([...boxes.values()], [...lines.values()]);
}

/** Moves everything so that nothing is cut off: the layout counts boxes, not the bends of lines outside of them. */
function fitted(boxes: Box[], lines: Line[]): Drawing {
  const bends = lines.flatMap((line) => line.points);
  const edges = { left: 0, top: 0, right: 0, bottom: 0 };
  const include = (x: number, y: number) => {
    edges.left = Math.min(edges.left, x);
    edges.top = Math.min(edges.top, y);
    edges.right = Math.max(edges.right, x);
    edges.bottom = Math.max(edges.bottom, y);
  };
  for (const { x, y, width, height } of boxes) {
    include(x, y);
    include(x + width, y + height);
  }
  for (const { x, y } of bends) include(x, y);
  for (const place of [...boxes, ...bends]) {
    place.x = round(place.x - edges.left + margin);
    place.y = round(place.y - edges.top + margin);
  }
  const extent = (from: number, to: number) => Math.ceil(to - from) + 2 * margin;
  return { boxes, lines, width: extent(edges.left, edges.right), height: extent(edges.top, edges.bottom) };
}

function boxesOf(plan: Plan): Map<string, Box> {
  const boxes = new Map<string, Box>();
  const add = (kind: Box['kind'], name: string, title: string, detail: string) => {
    const characters = Math.max(title.length, detail.length);
    const width = round(characters * characterWidth + 2 * padding);
    boxes.set(`${kind} ${name}`, { kind, name: title, detail, x: 0, y: 0, width, height: boxHeight });
  };
  for (const route of Object.values(plan.routes)) {
    add('route', route.name, route.host + (route.path === '/' ? '' : route.path), `route ${route.name}`);
  }
  for (const workload of Object.values(plan.workloads)) {
    const ports = Object.values(workload.ports).map((port) => `:${port.port} ${port.protocol}`);
    add('workload', workload.name, workload.name, ports.join(', ') || workload.kind);
  }
  for (const backing of Object.values(plan.backing)) {
    const from = backing.from === 'managed' ? '' : `, ${backing.from}`;
    add('backing', backing.name, backing.name, `${backing.type} ${backing.version}${from}`);
  }
  for (const connection of plan.connections) {
    if (connection.kind === 'egress') add('egress', connection.to, connection.to, 'outside');
  }
  return boxes;
}

/** One line for each pair, however many ports are between the two: the tooltip tells them apart. */
function linesOf(plan: Plan): Map<string, Line> {
  const lines = new Map<string, Line>();
  const add = (kind: Line['kind'], from: string, to: string, meaning: string) => {
    const pair = `${from}\n${to}`;
    const known = lines.get(pair);
    if (known) known.meaning += `; ${meaning}`;
    else lines.set(pair, { kind, from, to, meaning, points: [] });
  };
  for (const route of Object.values(plan.routes)) {
    add('route', `route ${route.name}`, `workload ${route.workload}`, `${route.host} → ${route.workload}`);
  }
  for (const each of plan.connections) {
    const port = each.port === undefined ? each.protocol : `${each.protocol} ${each.port}`;
    const carriers = [...each.variables, ...(each.files ?? [])].join(', ');
    const meaning = `${each.from} → ${each.to}: ${port}${carriers ? ` (${carriers})` : ''}`;
    add(each.kind, `workload ${each.from}`, `${each.kind} ${each.to}`, meaning);
  }
  return lines;
}

const round = (value: number): number => Math.round(value * 10) / 10;
