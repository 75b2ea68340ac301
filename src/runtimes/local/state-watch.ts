import { readTextIfExists } from '../../host/files.ts';

/** Milliseconds between two looks. */
const interval = 1000;

/**
 * Looks whether the lock of a run is still this process's. A state folder that was removed takes the lock with it: nobody
 * could find the run any more, and a second one would start beside it.
 * @param lost told once
 * @returns what ends the looking
 */
export function watchLock(path: string, lost: () => void): () => void {
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    // What cannot be read is not known to be gone.
    const text = await readTextIfExists(path).catch(() => `${process.pid} `);
    looking = false;
    if (text?.startsWith(`${process.pid} `) || ended) return;
    end();
    lost();
  };
  let ended = false;
  const timer = setInterval(() => void look(), interval);
  timer.unref();
  const end = () => {
    ended = true;
    clearInterval(timer);
  };
  return end;
}
