import { join } from 'node:path';
import { listFolder } from '../../host/files.ts';
import { endOfLog, type LogPosition, readLogFile, readLogTail } from '../../host/log-file.ts';
import { placesOf } from './places.ts';

/** One captured line. */
export interface LogLine {
  /** Milliseconds since the epoch. */
  at: number;
  name: string;
  stream: 'stdout' | 'stderr';
  line: string;
}

export interface ReadLogsOptions {
  /** Absolute folder of the model. */
  root: string;
  environment: string;
  /** All when left out or empty. */
  names?: readonly string[];
  /** Milliseconds since the epoch; older lines are left out. */
  since?: number;
  /** Only so many of the last lines, over all names together. */
  tail?: number;
  /** Keep waiting for further lines until the signal is aborted. */
  follow?: boolean;
  signal?: AbortSignal;
}

/** Milliseconds between two looks at growing files. */
const interval = 100;

/** Kept lines of a system in order of time; works with and without a running supervisor. */
export async function* readLogs(options: ReadLogsOptions): AsyncGenerator<LogLine> {
  const { root, environment, names = [], since = 0, tail, follow = false, signal } = options;
  const folder = placesOf(root, environment).logs;
  const wanted = async () => (names.length > 0 ? names : await keptLogs(folder));
  const path = (name: string) => join(folder, `${name}.log`);
  const positions = new Map(
    await Promise.all((await wanted()).map(async (name) => [name, await endOfLog(path(name))] as const)),
  );
  const kept = await Promise.all(
    [...positions].map(([name, position]) => readKept(path(name), position, name, since, tail)),
  );
  const lines = kept.flat().sort((one, other) => one.at - other.at);
  yield* tail === undefined ? lines : lines.slice(Math.max(0, lines.length - tail));
  while (follow && !signal?.aborted) {
    const fresh: LogLine[] = [];
    for (const name of await wanted()) {
      const position = positions.get(name) ?? { inode: 0, offset: 0 };
      positions.set(name, position);
      for (const text of await readLogTail(path(name), position)) fresh.push(...parseLine(name, text));
    }
    yield* fresh.sort((one, other) => one.at - other.at);
    if (fresh.length === 0) await pause(signal);
  }
}

/** Names of which there are logs. */
const keptLogs = async (folder: string): Promise<string[]> =>
  (await listFolder(folder)).filter((file) => file.endsWith('.log')).map((file) => file.slice(0, -4));

/** With `tail`, no more than that many lines of one log are ever held. */
async function readKept(
  path: string,
  position: LogPosition,
  name: string,
  since: number,
  tail = Number.POSITIVE_INFINITY,
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  if (tail === 0) return lines;
  for await (const text of readLogFile(path, position)) {
    for (const line of parseLine(name, text)) {
      if (line.at < since) continue;
      lines.push(line);
      if (lines.length > tail * 2) lines.splice(0, lines.length - tail);
    }
  }
  return lines;
}

/** Time, `O` or `E`, text; a line that was cut off in the middle of a write is passed over. */
function parseLine(name: string, text: string): LogLine[] {
  const at = Date.parse(text.slice(0, 24));
  const mark = text[25];
  if (Number.isNaN(at) || (mark !== 'O' && mark !== 'E')) return [];
  return [{ at, name, stream: mark === 'O' ? 'stdout' : 'stderr', line: text.slice(27) }];
}

const pause = (signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, interval);
    signal?.addEventListener('abort', end, { once: true });
  });
