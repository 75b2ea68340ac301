import type { BackingService, Connection, Plan, Workload } from '../plan.ts';

/**
 * The graph for a terminal: the order of start, then for each workload what it reaches, by which port, protocol and
 * variable. No colours; at most one blank line between parts; ends with a newline.
 */
export function graphText(plan: Plan): string {
  const workloads = Object.values(plan.workloads);
  const lines = [
    `${plan.system} (${plan.environment}): ${counted(workloads.length, 'service')}, ` +
      `${counted(Object.keys(plan.backing).length, 'backing service')}, ${counted(plan.connections.length, 'connection')}`,
    '',
    ...orderLines(plan.startOrder),
  ];
  const routes = Object.values(plan.routes);
  if (routes.length > 0) {
    lines.push('', 'Routes');
    lines.push(
      ...table(
        routes.map((route) => [`  ${route.host}${route.path === '/' ? '' : route.path}`, `→ ${route.workload}`]),
      ),
    );
  }
  const bySource = group(plan.connections);
  for (const workload of workloads) {
    lines.push('', workloadLine(workload));
    const connections = bySource.get(workload.name) ?? [];
    lines.push(...table(connections.map((each) => connectionCells(each, workload, plan))));
    const reached = new Set(connections.map((each) => each.to));
    for (const name of Object.keys(workload.waits)) if (!reached.has(name)) lines.push(`  after ${name}`);
  }
  const backing = Object.values(plan.backing);
  if (backing.length > 0) {
    lines.push('', 'Backing services');
    lines.push(...table(backing.map(backingCells)));
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** Each wave needs only earlier ones. */
function orderLines(waves: readonly (readonly string[])[]): string[] {
  const width = String(waves.length).length;
  return [
    'Order of start',
    ...waves.map((wave, index) => `  ${String(index + 1).padStart(width)}  ${wave.join('  ')}`),
  ];
}

function workloadLine(workload: Workload): string {
  const ports = portsOf(workload.ports);
  const kind = workload.kind === 'web' ? '' : ` ${workload.kind}${workload.schedule ? ` "${workload.schedule}"` : ''}`;
  return `${workload.name}${kind}${ports ? ` ${ports}` : ''}`;
}

/** A connection that could be waited for and is not, says so: it is how a circle was cut. */
function connectionCells(connection: Connection, { waits }: Workload, plan: Plan): string[] {
  const address = connection.port === undefined ? connection.to : `${connection.to}:${connection.port}`;
  const carriers = [...connection.variables, ...(connection.files ?? [])].join(', ');
  if (connection.kind === 'egress') return [`  → ${address}`, connection.protocol, '(outside)'];
  const wait = Object.hasOwn(waits, connection.to) ? waits[connection.to] : undefined;
  const started = plan.startOrder.some((wave) => wave.includes(connection.to));
  const note = wait === 'started' ? ' (when started)' : wait === undefined && started ? ' (not waited for)' : '';
  return [`  → ${address}`, connection.protocol, `${carriers}${note}`];
}

function backingCells(backing: BackingService): string[] {
  const from = backing.from === 'managed' ? '' : backing.from;
  const owner = backing.owner ? `of ${backing.owner} alone` : '';
  return [
    `  ${backing.name}`,
    `${backing.type} ${backing.version}`,
    portsOf(backing.ports),
    [from, owner].filter(Boolean).join(', '),
  ];
}

const portsOf = (ports: Workload['ports']): string =>
  Object.entries(ports)
    .map(([name, port]) => `:${port.port} ${name === port.protocol ? name : `${name} (${port.protocol})`}`)
    .join(', ');

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Pads every column but the last to its widest cell. */
function table(rows: readonly string[][]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

function group(connections: readonly Connection[]): Map<string, Connection[]> {
  const groups = new Map<string, Connection[]>();
  for (const each of connections) {
    const list = groups.get(each.from);
    if (list) list.push(each);
    else groups.set(each.from, [each]);
  }
  return groups;
}
