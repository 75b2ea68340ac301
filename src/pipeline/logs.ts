import { type LogLine, type ReadLogsOptions, readLogs } from '../runtimes/local/logs.ts';
import type { SystemStatus } from '../runtimes/local/status.ts';
import { environmentOf, locateModel, type ModelPlace } from './locate.ts';
import { checkNames, namesOf } from './names.ts';

/**
 * The kept lines of a system, whether it runs or not.
 * @returns the lines in order of time, and the length of the longest name that may come, for aligned prefixes
 * @throws Failure for a name that the system does not have
 */
export async function systemLogs(
  options: ModelPlace & Omit<ReadLogsOptions, 'root' | 'environment'>,
): Promise<{ lines: AsyncIterable<LogLine>; width: number }> {
  const root = await locateModel(options);
  const names = await namesOf(options);
  if (names) checkNames(options.names ?? [], names);
  const shown = options.names?.length ? options.names : (names ?? []);
  return {
    lines: readLogs({ ...options, root, environment: environmentOf(options) }),
    width: Math.max(0, ...shown.map((name) => name.length)),
  };
}

/** The last hundred lines of a running system, or of one of its services. */
export async function recentLines(root: string, status: SystemStatus, only?: string): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  const { environment } = status;
  for await (const line of readLogs({ root, environment, names: only === undefined ? [] : [only], tail: 100 }))
    lines.push(line);
  return lines;
}
