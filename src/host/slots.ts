import { availableParallelism } from 'node:os';

const waiting: (() => void)[] = [];
let free = Math.max(1, availableParallelism());

/**
 * Does heavy work (an install, a compile) when a processor is free for it: at most as many at once as there are
 * processors, first come first served. More at once would make each slower and the first result later.
 * @throws the signal's reason when it was given up while it waited.
 */
export async function withProcessor<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  signal?.throwIfAborted();
  if (free > 0) free -= 1;
  else
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(signal?.reason);
      };
      const turn = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      waiting.push(turn);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}
