import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { makeFolder } from '../../host/files.ts';
import { type LogFile, openLogFile } from '../../host/log-file.ts';
import { bootIdentity, findProcess } from '../../host/process-table.ts';
import { startWatchdog } from '../../host/watchdog.ts';
import type { Detection } from '../../languages/language.ts';
import type { Plan } from '../../plan/plan.ts';
import type { RuntimeEvent } from './event.ts';
import { createMask } from './mask.ts';
import { controlSocket, placesOf } from './places.ts';
import type { AssignedPorts } from './ports.ts';
import { keepRecord, type RunRecord, runMarker, sweepMarked } from './record.ts';
import type { RunContext } from './run-context.ts';

export interface RunOptions {
  plan: Plan;
  root: string;
  mode: 'development' | 'production';
  reload: boolean;
  ports: AssignedPorts;
  secrets: Record<string, string>;
  detections: Map<string, Detection>;
  onEvent(event: RuntimeEvent): void;
}

/** A run that is watched over and can be written down, in which nothing is started yet. */
export interface OpenRun {
  context: RunContext;
  /** Path of the control socket. */
  socket: string;
  /**
   * Tells every event from now on, after the diagnostics about the system as a whole and, to the first who asks, those
   * that nobody heard; returns what ends the telling.
   */
  subscribe(listener: (event: RuntimeEvent) => void): () => void;
  /** Ends whatever still carries the run's marker, and removes the record. @param now SIGKILL without a question */
  close(now: boolean): Promise<void>;
}

/** A crash loop that nobody listens to must not fill the memory. */
const mostTold = 50;

/** Opens a run. The caller holds the lock of the system. */
export async function openRun(options: RunOptions): Promise<OpenRun> {
  const { plan, root, mode, reload, ports, secrets, detections } = options;
  const { system, environment } = plan;
  const places = placesOf(root, environment);
  const logs = new Map<string, LogFile>();
  const listeners = new Set<() => void>();
  const subscribers = new Set<(event: RuntimeEvent) => void>([options.onEvent]);
  // `up --detach` begins to listen only when the start is under way: a port that was taken is known before.
  let told: Extract<RuntimeEvent, { type: 'diagnostic' }>[] = [];
  let heard = false;
  const record: RunRecord = {
    run: randomBytes(12).toString('hex'),
    system,
    environment,
    boot: bootIdentity(),
    supervisor: { pid: process.pid, started: findProcess(process.pid)?.started ?? '' },
    socket: await controlSocket(root, environment),
    groups: [],
  };
  const keeper = keepRecord(places, record);
  await makeFolder(places.logs, 0o700);
  const context: RunContext = {
    run: record.run,
    root,
    environment,
    mode,
    reload,
    places,
    plan,
    addresses: { plan, ports, attributes: new Map(), secrets },
    mask: createMask(Object.values(secrets)),
    watchdog: startWatchdog(record.run),
    record: keeper,
    units: new Map(),
    detections,
    stopping: false,
    neededStart: Number.NEGATIVE_INFINITY,
    movePorts() {},
    emit(event) {
      if (event.type === 'diagnostic' && !(heard && event.name)) told = [...told, event].slice(-mostTold);
      for (const subscriber of subscribers) subscriber(event);
    },
    logOf(name) {
      const known = logs.get(name);
      if (known) return known;
      const opened = openLogFile(join(places.logs, `${name}.log`));
      logs.set(name, opened);
      return opened;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed() {
      for (const listener of [...listeners]) listener();
    },
  };
  return {
    context,
    socket: record.socket,
    subscribe(listener) {
      told.forEach(listener);
      told = told.filter(({ name }) => name === undefined);
      heard = true;
      subscribers.add(listener);
      return () => subscribers.delete(listener);
    },
    async close(now) {
      await sweepMarked(runMarker(record.run), now ? 0 : 1_000);
      await Promise.all([...logs.values()].map((log) => log.close()));
      await context.watchdog.dismiss();
      await keeper.discard();
    },
  };
}
