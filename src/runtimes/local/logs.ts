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

/** Kept lines of a system in order of time; works with and without a running supervisor. */
// biome-ignore lint/correctness/useYield: under construction
export async function* readLogs(_options: ReadLogsOptions): AsyncGenerator<LogLine> {
  throw new Error('under construction');
}
