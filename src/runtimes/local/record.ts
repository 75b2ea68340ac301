import { readTextIfExists, remove, writeAtomically } from '../../host/files.ts';
import { isOurs, kill, stopGroup } from '../../host/process-group.ts';
import { bootIdentity, findMarked, isRunning } from '../../host/process-table.ts';
import type { Places } from './places.ts';

/**
 * What is written down while a system runs, so that other commands find its supervisor and so that the next `up` finds
 * what a killed one left behind.
 */
export interface RunRecord {
  /** Value of GANTRY_RUN in the environment of every process of the run; random. */
  run: string;
  system: string;
  environment: string;
  /** Process ids mean nothing after another boot. */
  boot: string;
  supervisor: { pid: number; started: string };
  /** Path of the control socket. */
  socket: string;
  groups: { name: string; pid: number; started: string; signal: NodeJS.Signals }[];
}

/** Marker of all processes of a run, as it stands in their environment. */
export const runMarker = (run: string): string => `GANTRY_RUN=${run}\0`;

/** Marker of the processes of one workload or backing service. */
export const processMarker = (run: string, name: string): string => `GANTRY_PROCESS=${run}/${name}\0`;

/** The record as it stands; undefined when there is none or it cannot be understood. */
export async function readRecord(places: Places): Promise<RunRecord | undefined> {
  try {
    const record = JSON.parse((await readTextIfExists(places.record)) ?? 'null') as Partial<RunRecord> | null;
    return record && typeof record.run === 'string' && record.supervisor && Array.isArray(record.groups)
      ? (record as RunRecord)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the supervisor that wrote the record still runs. */
export const isSupervised = (record: RunRecord): boolean =>
  record.boot === bootIdentity() && isRunning(record.supervisor.pid, record.supervisor.started);

/** Keeps the record of a run; writes follow each other, and of several that wait only the last is done. */
export interface RecordKeeper {
  add(group: RunRecord['groups'][number]): void;
  remove(pid: number): void;
  /** Written at least once with what is known now. */
  written(): Promise<void>;
  /** The file is no longer this run's: it is left alone from now on. */
  abandon(): void;
  /** The run is over. */
  discard(): Promise<void>;
}

/** @param record is changed in place */
export function keepRecord(places: Places, record: RunRecord): RecordKeeper {
  let pending: Promise<void> | undefined;
  let writing = Promise.resolve();
  let abandoned = false;
  const write = () => {
    pending ??= writing.then(() => {
      pending = undefined;
      if (abandoned) return undefined;
      writing = writeAtomically(places.record, `${JSON.stringify(record)}\n`, 0o600, { flush: false });
      return writing;
    });
    return pending;
  };
  const writeQuietly = () => void write().catch(() => {});
  return {
    add(group) {
      record.groups.push(group);
      writeQuietly();
    },
    remove(pid) {
      record.groups = record.groups.filter((group) => group.pid !== pid);
      writeQuietly();
    },
    written: write,
    abandon() {
      abandoned = true;
    },
    async discard() {
      await pending?.catch(() => {});
      await writing.catch(() => {});
      if (!abandoned) await remove(places.record);
    },
  };
}

/**
 * Ends what a run left behind whose supervisor is gone. A group is touched only when it is certainly that run's; the
 * number of an ended process may be a stranger's by now.
 * @returns names of what was still running
 */
export async function sweepLeftovers(record: RunRecord): Promise<string[]> {
  if (record.boot !== bootIdentity()) return [];
  const marker = runMarker(record.run);
  const groups = record.groups.filter(({ pid, started }) => isOurs(pid, started, marker));
  await Promise.all(
    groups.map(({ pid, signal, name }) =>
      stopGroup(pid, { signal, timeout: 5_000, marker: processMarker(record.run, name) }),
    ),
  );
  await sweepMarked(marker, 2_000);
  return [...new Set(groups.map(({ name }) => name))];
}

/**
 * Ends every process that carries the marker, also those that left their group; what is being started meanwhile too.
 * @param timeout milliseconds between the question and SIGKILL
 */
export async function sweepMarked(marker: string, timeout: number): Promise<void> {
  const begun = performance.now();
  const asked = new Set<number>();
  for (;;) {
    const left = findMarked(marker).filter((pid) => pid !== process.pid);
    if (left.length === 0) return;
    const late = performance.now() - begun >= timeout;
    if (performance.now() - begun > timeout + 5_000) return;
    for (const pid of left) {
      if (late) kill(pid, 'SIGKILL');
      else if (!asked.has(pid)) kill(pid, 'SIGTERM');
      asked.add(pid);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
