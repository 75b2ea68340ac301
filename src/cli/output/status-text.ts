import type { SystemStatus } from '../../runtimes/local/status.ts';
import { seconds } from './amounts.ts';
import { processTable, type TableOptions } from './process-table.ts';

/** A whole system for `gantry status`: one line about it, the table, and where to point the browser. */
export function statusText(status: SystemStatus, options: TableOptions): string {
  const { colors, now } = options;
  const { pid, startedAt, detached } = status.supervisor;
  const age = seconds((now - startedAt) / 1000);
  const lines = [
    `${colors.bold(status.system)} in ${status.environment}: ${status.state}, up ${age}, process ${pid}${detached ? ' in the background' : ''}`,
    '',
    ...processTable(status.processes, options),
    ...addressLines(status, options),
  ];
  return `${lines.join('\n')}\n`;
}

/** Routes and web services with their addresses, one line each, after an empty line; nothing when there are none. */
export function addressLines(status: SystemStatus, { colors }: Pick<TableOptions, 'colors'>): string[] {
  if (status.routes.length === 0) return [];
  const width = Math.max(...status.routes.map(({ name }) => name.length));
  return ['', ...status.routes.map(({ name, address }) => `${name.padEnd(width)}  ${colors.cyan(address)}`)];
}
