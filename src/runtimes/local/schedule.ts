import { Cron } from 'croner';

/**
 * When a cron workload runs next, in UTC as on Kubernetes.
 * @param after milliseconds since the epoch
 * @returns milliseconds since the epoch; undefined for an expression that never fires
 */
export const nextRun = (expression: string, after: number): number | undefined =>
  new Cron(expression, { timezone: 'UTC', paused: true }).nextRun(new Date(after))?.getTime();
