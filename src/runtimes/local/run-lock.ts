import { runtimeAlreadyRunning } from '../../diagnostics/catalogue/runtime.ts';
import { Failure } from '../../diagnostics/diagnostic.ts';
import { withLock } from '../../host/lock.ts';

/** Systems supervised by this very process, for which no lock file can speak. */
const own = new Set<string>();

/**
 * Makes sure that one process alone supervises an environment of a system.
 * @param path absolute path of the lock file
 * @returns what gives the lock back
 * @throws Failure naming the process that has it
 */
export async function holdRun(path: string, system: string, environment: string): Promise<() => Promise<void>> {
  const refuse = (pid: number) => new Failure([runtimeAlreadyRunning(system, environment, pid)]);
  if (own.has(path)) throw refuse(process.pid);
  own.add(path);
  const waiting = new AbortController();
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return new Promise((resolve, reject) => {
    const whole = withLock(path, { signal: waiting.signal, onWait: (pid) => waiting.abort(refuse(pid)) }, async () => {
      resolve(async () => {
        give();
        await whole;
      });
      await given;
    }).finally(() => own.delete(path));
    whole.catch((error: unknown) => reject(waiting.signal.aborted ? waiting.signal.reason : error));
  });
}
