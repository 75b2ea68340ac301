import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import type { RuntimeEvent } from '../../../src/runtimes/local/event.ts';
import type { RunRecord } from '../../../src/runtimes/local/record.ts';
import { eventually, processesOf } from './system.ts';

let bundle: Promise<string> | undefined;

/** The supervising program, bundled once for each test process. */
export function supervisingProgram(): Promise<string> {
  bundle ??= (async () => {
    const outfile = join(tmpdir(), `gantry-supervise-${process.pid}.mjs`);
    await build({
      entryPoints: [new URL('./supervise.ts', import.meta.url).pathname],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
      external: ['esbuild', 'pg-native'],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    process.once('exit', () => rmSync(outfile, { force: true }));
    return outfile;
  })();
  return bundle;
}

export interface OutsideSupervisor {
  child: ChildProcess;
  root: string;
  events: RuntimeEvent[];
  /** What it said instead of starting. */
  failure?: Diagnostic[];
  /** Resolves with the exit code, or the signal. */
  ended: Promise<number | NodeJS.Signals | null>;
  /** As written down; fails when there is none. */
  record(): RunRecord;
  reaches(name: string, state: string): Promise<void>;
}

/** Runs a supervisor as a process; ended when the test is over, and what it started too. */
export async function superviseOutside(
  plan: Plan,
  root: string,
  options: Record<string, unknown> = {},
): Promise<OutsideSupervisor> {
  const program = await supervisingProgram();
  const file = join(root, `supervise-${Math.random().toString(36).slice(2)}.json`);
  writeFileSync(file, JSON.stringify({ plan, root, ...options }));
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const outside: OutsideSupervisor = {
    child,
    root,
    events: [],
    ended: new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal))),
    record: () => JSON.parse(readFileSync(join(root, '.gantry/run', `${plan.environment}.json`), 'utf8')),
    reaches: (name, state) =>
      eventually(`${name} is ${state}`, () =>
        outside.events.some(
          (event) => event.type === 'status' && event.process.name === name && event.process.state === state,
        ),
      ).then(() => {}),
  };
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    const event = JSON.parse(line);
    if (event.type === 'failure') outside.failure = event.diagnostics;
    else outside.events.push(event);
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await outside.ended;
  });
  return outside;
}

/** Fails when a process of the run is still there after the time that the watchdog may take. */
export const nothingRemains = (run: string): Promise<unknown> =>
  eventually('no process of the run is left', () => processesOf(run).length === 0);
