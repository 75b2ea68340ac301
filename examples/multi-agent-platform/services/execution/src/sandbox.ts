import { Worker } from 'node:worker_threads';
import type { Program } from '@platform/service/contracts.ts';
import type { WorkerAnswer, WorkerRequest } from './protocol.ts';

/** How a program ended. `lines` is what it wrote to its console. */
export interface Outcome {
  outcome: 'value' | 'error';
  value?: unknown;
  error?: string;
  lines: string[];
  durationMs: number;
}

/** Runs programs, each in a fresh worker thread. */
export interface Sandbox {
  run(program: Program): Promise<Outcome>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** Limits of a program: milliseconds of processor time, mebibytes of heap, programs at once. */
export interface Limits {
  timeoutMs: number;
  memoryMb: number;
  concurrency: number;
}

/**
 * Opens a sandbox. One thread is always started ahead, for starting one takes longer than most
 * programs do; no thread is ever used twice.
 * @param workerFile the built worker
 */
export function openSandbox(workerFile: URL, limits: Limits): Sandbox {
  const start = () => {
    const worker = new Worker(workerFile, {
      env: {},
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 8, stackSizeMb: 2 },
    });
    worker.unref();
    // A thread that dies while it waits is found out when it is used.
    worker.on('error', () => undefined);
    return worker;
  };
  const waiting: (() => void)[] = [];
  const running = new Set<Worker>();
  let spare: Worker | undefined = start();
  let active = 0;
  let closed = false;

  const turn = async () => {
    if (active >= limits.concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    active++;
  };
  const done = () => {
    active--;
    waiting.shift()?.();
  };

  const execute = (program: Program): Promise<WorkerAnswer> =>
    new Promise((resolve) => {
      const worker = spare ?? start();
      spare = closed ? undefined : start();
      running.add(worker);
      const finish = (answer: WorkerAnswer) => {
        clearTimeout(timer);
        running.delete(worker);
        void worker.terminate();
        resolve(answer);
      };
      // The program's own time limit is kept inside the thread; this one is for a thread that no longer answers.
      const timer = setTimeout(
        () => finish({ error: `the program did not end within ${limits.timeoutMs} ms` }),
        limits.timeoutMs * 2 + 1000,
      );
      worker.once('message', (answer: WorkerAnswer) => finish(answer));
      worker.once('error', (error: Error & { code?: string }) =>
        finish({
          error:
            error.code === 'ERR_WORKER_OUT_OF_MEMORY'
              ? `the program needed more than ${limits.memoryMb} MiB of memory`
              : `the sandbox failed: ${error.message}`,
        }),
      );
      worker.once('exit', () => finish({ error: 'the sandbox ended before the program did' }));
      const request: WorkerRequest = {
        source: program.source,
        inputs: JSON.stringify(program.inputs ?? null),
        timeoutMs: limits.timeoutMs,
      };
      worker.postMessage(request);
    });

  return {
    async run(program) {
      await turn();
      const started = performance.now();
      try {
        const answer = await execute(program);
        return {
          outcome: answer.error === undefined ? 'value' : 'error',
          value: answer.value === undefined ? undefined : JSON.parse(answer.value),
          error: answer.error,
          lines: answer.lines ? (JSON.parse(answer.lines) as string[]) : [],
          durationMs: Math.round((performance.now() - started) * 100) / 100,
        };
      } finally {
        done();
      }
    },
    async close() {
      closed = true;
      await Promise.all([...running, ...(spare ? [spare] : [])].map((worker) => worker.terminate()));
    },
  };
}
