import type { Plan } from '../plan.ts';

/**
 * The graph as a Mermaid flowchart, for Markdown pages that draw it. Names never become Mermaid syntax: nodes have ids of
 * their own and texts are quoted. Ends with a newline.
 */
export function graphMermaid(plan: Plan): string {
  const ids = new Map<string, string>();
  const id = (kind: string, name: string): string => {
    const key = `${kind} ${name}`;
    const known = ids.get(key);
    if (known) return known;
    const made = `${kind[0]}${ids.size}`;
    ids.set(key, made);
    return made;
  };
  const lines = ['flowchart LR'];
  for (const route of Object.values(plan.routes)) {
    const host = route.path === '/' ? route.host : route.host + route.path;
    lines.push(`  ${id('route', route.name)}([${quoted(host)}]) --> ${id('workload', route.workload)}`);
  }
  for (const workload of Object.values(plan.workloads)) {
    const ports = Object.values(workload.ports).map((port) => `:${port.port}`);
    const label = [
      workload.name,
      workload.kind === 'web' ? ports.join(' ') : `${workload.kind} ${ports.join(' ')}`.trim(),
    ];
    lines.push(`  ${id('workload', workload.name)}[${quoted(...label)}]`);
  }
  for (const backing of Object.values(plan.backing)) {
    lines.push(`  ${id('backing', backing.name)}[(${quoted(backing.name, `${backing.type} ${backing.version}`)})]`);
  }
  for (const connection of plan.connections) {
    if (connection.kind === 'egress' && !ids.has(`egress ${connection.to}`)) {
      lines.push(`  ${id('egress', connection.to)}{{${quoted(connection.to)}}}`);
    }
    const label = [connection.protocol, connection.port === undefined ? '' : `${connection.port}`]
      .filter(Boolean)
      .join(' ');
    const arrow = connection.kind === 'egress' ? '-.->' : '-->';
    lines.push(`  ${id('workload', connection.from)} ${arrow}|${quoted(label)}| ${id(connection.kind, connection.to)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Quoted text for Mermaid, lines joined by a break; its own marks as entity codes. */
const quoted = (...lines: string[]): string =>
  `"${lines
    .filter(Boolean)
    .map((line) => line.replace(/[#"<>&`]/g, (mark) => `#${mark.codePointAt(0)};`))
    .join('<br/>')}"`;
