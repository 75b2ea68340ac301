const known = new WeakMap<AbortSignal, Promise<never>>();

/** Rejects with the reason of the abort. One promise for each signal, for a crash loop asks for it again and again. */
export function aborted(signal: AbortSignal): Promise<never> {
  const before = known.get(signal);
  if (before) return before;
  const promise = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  promise.catch(() => {});
  known.set(signal, promise);
  return promise;
}
