/** What `status`, the live table and the page show of one workload or backing service. Plain JSON on the control socket. */
export interface ProcessStatus {
  name: string;
  kind: 'workload' | 'backing';
  state: ProcessState;
  /** Addresses by port name, `http://localhost:3000`. */
  addresses: Record<string, string>;
  pid?: number;
  restarts: number;
  /** Percent of one core over the last sample. */
  cpu?: number;
  /** Resident bytes of the whole process group. */
  memory?: number;
  /** Milliseconds since the epoch. */
  since: number;
  /** Why it is in this state: what it waits for, the exit code, the failing probe. */
  detail?: string;
  /** Where its program came from; for backing services. */
  origin?: string;
  note?: string;
}

/** A closed vocabulary. */
export type ProcessState =
  | 'waiting' // for a connection to be ready
  | 'preparing' // install, compile, initdb
  | 'starting' // runs, not ready yet
  | 'ready'
  | 'unready' // was ready, the probe fails now
  | 'reloading'
  | 'backing-off' // crashed, will be started again
  | 'completed' // a job that ended well
  | 'failed' // will not be started again without a change
  | 'stopping'
  | 'stopped';

/** Of the whole system. */
export interface SystemStatus {
  system: string;
  environment: string;
  /** Absolute folder of the model. */
  root: string;
  supervisor: { pid: number; startedAt: number; detached: boolean };
  state: 'starting' | 'ready' | 'degraded' | 'stopping' | 'stopped';
  processes: ProcessStatus[];
  /** Where to point the browser: routes, then web services. */
  routes: { name: string; address: string }[];
}
