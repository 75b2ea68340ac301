import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findMarked } from '../../../src/host/process-table.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import type { RuntimeEvent } from '../../../src/runtimes/local/event.ts';
import type { ProcessState, ProcessStatus } from '../../../src/runtimes/local/status.ts';
import { type SuperviseOptions, type Supervisor, superviseSystem } from '../../../src/runtimes/local/supervisor.ts';
import { removeSystem } from '../../support/remove-system.ts';

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  onTestFinished(() => removeSystem(folder));
  return folder;
}

/** Ports that were free a moment ago, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Looks until the condition gives something, or fails after the timeout with what was awaited. */
export async function eventually<T>(
  what: string,
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  timeout = 30_000,
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`not within ${timeout} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export interface TestSystem extends Supervisor {
  root: string;
  events: RuntimeEvent[];
  /** Status of one process now. */
  process(name: string): ProcessStatus;
  reaches(name: string, state: ProcessState, timeout?: number): Promise<ProcessStatus>;
  /** Lines of one process so far. */
  lines(name: string): string[];
  /** Codes of the diagnostics so far. */
  codes(): string[];
}

/** Supervises in this process; stopped when the test is over, and then no process of this folder may be left. */
export async function startSystem(
  plan: Plan,
  options: Partial<SuperviseOptions> & { root?: string } = {},
): Promise<TestSystem> {
  const root = options.root ?? (await temporaryFolder());
  const events: RuntimeEvent[] = [];
  const supervisor = await superviseSystem({ plan, root, ...options, onEvent: (event) => events.push(event) });
  onTestFinished(() => supervisor.stop());
  const system: TestSystem = {
    ...supervisor,
    root,
    events,
    process(name) {
      const found = supervisor.status().processes.find((process) => process.name === name);
      if (!found) throw new Error(`there is no ${name}`);
      return found;
    },
    reaches: (name, state, timeout) =>
      eventually(
        `${name} is ${state}: ${JSON.stringify(system.process(name))}`,
        () => {
          const status = system.process(name);
          return status.state === state && status;
        },
        timeout,
      ),
    lines: (name) => events.flatMap((event) => (event.type === 'log' && event.name === name ? [event.line] : [])),
    codes: () => events.flatMap((event) => (event.type === 'diagnostic' ? [event.diagnostic.code] : [])),
  };
  return system;
}

/** Ids of the processes of a run that are still there. */
export const processesOf = (run: string): number[] => findMarked(`GANTRY_RUN=${run}`);

/** A small HTTP server as a command: answers with its process id and an optional text; `delay` milliseconds to start. */
export const httpServer = (text = 'ok', delay = 0): string[] => [
  process.execPath,
  '-e',
  `setTimeout(() => require('node:http').createServer((request, response) => response.end(${JSON.stringify(text)} + ' ' + process.pid)).listen(Number(process.env.PORT), process.env.HOST, () => console.log('listening')), ${delay})`,
];
