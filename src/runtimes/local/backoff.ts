/** How long a crashed service waits before it is started again. Pure, so that the intervals can be tested. */
export interface Backoff {
  /** Milliseconds to wait before the next start. */
  delay: number;
  /** Crashes in a row. */
  failures: number;
}

const first = 500;
const longest = 30_000;
/** Milliseconds of readiness after which earlier crashes are forgotten. */
const forgiving = 60_000;

/**
 * After a crash: half a second, doubled with each further one up to 30 s.
 * @param failures crashes in a row before this one
 * @param readyFor milliseconds that the service had been ready before it ended, 0 when it never was
 */
export function backoffAfter(failures: number, readyFor: number): Backoff {
  const before = readyFor >= forgiving ? 0 : failures;
  return { delay: Math.min(first * 2 ** before, longest), failures: before + 1 };
}
