import type { RuntimeEvent } from '../../runtimes/local/event.ts';
import type { ProcessStatus, SystemStatus } from '../../runtimes/local/status.ts';

/** What the live view knows; changed only by events and keys, so that it can be tested without a terminal. */
export interface LiveState {
  status: SystemStatus;
  /** Last message of a long step, by name. */
  progress: Map<string, string>;
  /** Index into the processes. */
  selected?: number;
  /** Only lines of this one are shown. */
  only?: string;
  /** Only lines with this text are shown. */
  search: string;
  /** Whether typed characters go to `search`. */
  searching: boolean;
  help: boolean;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Milliseconds from the start until everything was ready for the first time. */
  readyAfter?: number;
  /** A short answer to the last key. */
  message?: string;
}

/** @param status of the system as it is now; its processes are in the order of the model */
export const initialState = (status: SystemStatus, startedAt: number): LiveState => ({
  status,
  progress: new Map(),
  search: '',
  searching: false,
  help: false,
  startedAt,
});

/** Takes over an event. Log lines, diagnostics and announcements are printed by others. */
export function applyEvent(state: LiveState, event: RuntimeEvent): void {
  switch (event.type) {
    case 'status':
      takeProcess(state, event.process);
      break;
    case 'progress':
      state.progress.set(event.name, event.message);
      break;
    case 'system':
      state.status.state = event.state;
      if (event.state === 'ready') state.readyAfter ??= event.elapsed ?? event.at - state.startedAt;
      break;
    default:
  }
}

/** A fresh status replaces the old one; what is selected stays selected although a process came or went before it. */
export function takeStatus(state: LiveState, status: SystemStatus): void {
  const selected = state.selected === undefined ? undefined : state.status.processes[state.selected]?.name;
  state.status = status;
  const index = status.processes.findIndex(({ name }) => name === selected);
  state.selected = index < 0 ? undefined : index;
}

function takeProcess(state: LiveState, process: ProcessStatus): void {
  const { processes } = state.status;
  const index = processes.findIndex(({ name }) => name === process.name);
  // The event is older than the last sample when it says nothing of CPU and memory: those stay.
  if (index >= 0) processes[index] = { cpu: processes[index]?.cpu, memory: processes[index]?.memory, ...process };
  else processes.push(process);
  if (process.state === 'ready' || process.state === 'stopped' || process.state === 'failed')
    state.progress.delete(process.name);
}

/** Whether a line is to be shown under the filter and the search. */
export function wants(state: LiveState, line: { name: string; line: string }): boolean {
  if (state.only !== undefined && line.name !== state.only) return false;
  return state.search === '' || line.line.toLowerCase().includes(state.search.toLowerCase());
}

/** The process under the selection. */
export const selectedProcess = (state: LiveState): ProcessStatus | undefined =>
  state.selected === undefined ? undefined : state.status.processes[state.selected];
