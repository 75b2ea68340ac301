import type { Connection, Plan, Workload } from '../../plan/plan.ts';
import type { Colors } from '../terminal/terminal.ts';
import { bytes } from './amounts.ts';

/** A plan for people: what runs, who talks to whom, what starts when. Everything else is in `--json`. */
export function planText(plan: Plan, colors: Colors): string {
  const heading = `${colors.bold(plan.system)} in ${plan.environment}${plan.context ? `, cluster ${plan.context}` : ''}`;
  const workloads = Object.values(plan.workloads);
  const backing = Object.values(plan.backing);
  const sections = [
    section(
      'Services',
      colors,
      workloads.map((workload) => [workload.name, workload.kind, portsOf(workload), sizeOf(workload)]),
    ),
    section(
      'Backing services',
      colors,
      backing.map(({ name, type, version, from, owner }) => [
        name,
        `${type} ${version}`,
        from,
        owner ? `only for ${owner}` : '',
      ]),
    ),
    section('Connections', colors, plan.connections.map(connectionRow)),
    section(
      'Routes',
      colors,
      Object.values(plan.routes).map(({ name, host, path, workload, tls }) => [
        name,
        `${tls ? 'https' : 'http'}://${host}${path}`,
        `to ${workload}`,
      ]),
    ),
    section(
      'Secrets',
      colors,
      Object.values(plan.secrets).map(({ name, generate, optional }) => [
        name,
        generate === undefined ? (optional ? 'optional' : 'must be given') : `made, ${generate} characters`,
      ]),
    ),
    section(
      'Start order',
      colors,
      plan.startOrder.map((wave, index) => [`${index + 1}.`, wave.join(', ')]),
    ),
  ];
  return `${[heading, ...sections.filter(Boolean)].join('\n\n')}\n`;
}

const portsOf = (workload: Workload): string =>
  Object.entries(workload.ports)
    .map(([name, { port, protocol }]) => `${port} ${name === protocol ? name : `${name} (${protocol})`}`)
    .join(', ');

function sizeOf({ scale, resources }: Workload): string {
  const { cpu, memory } = resources;
  const replicas =
    scale.max > scale.min
      ? `${scale.min} to ${scale.max} replicas`
      : `${scale.min} replica${scale.min === 1 ? '' : 's'}`;
  return [replicas, cpu && `${cpu.request}m CPU`, memory && `${bytes(memory.request)} memory`]
    .filter(Boolean)
    .join(', ');
}

const connectionRow = ({ from, to, port, protocol, variables }: Connection): string[] => [
  from,
  `-> ${to}:${port}`,
  protocol,
  variables.join(', '),
];

/** A heading and aligned columns; empty when there are no rows. */
function section(title: string, colors: Colors, rows: readonly string[][]): string {
  if (rows.length === 0) return '';
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  const lines = rows.map((row) =>
    `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd(),
  );
  return [colors.bold(title), ...lines].join('\n');
}
