import type { LogFile } from '../../host/log-file.ts';
import type { Watchdog } from '../../host/watchdog.ts';
import type { Detection } from '../../languages/language.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Addresses } from './environment.ts';
import type { RuntimeEvent } from './event.ts';
import type { Mask } from './mask.ts';
import type { Places } from './places.ts';
import type { RecordKeeper } from './record.ts';
import type { Unit } from './unit.ts';

/** What everything that takes part in one run of a system shares. */
export interface RunContext {
  /** Random; marks every process of the run. */
  run: string;
  root: string;
  environment: string;
  mode: 'development' | 'production';
  reload: boolean;
  places: Places;
  /** Replaced as a whole when a changed plan is applied. */
  plan: Plan;
  /** The same object for the whole run; its fields are kept up to date. */
  addresses: Addresses & { attributes: Map<string, Readonly<Record<string, string>>> };
  mask: Mask;
  watchdog: Watchdog;
  record: RecordKeeper;
  units: Map<string, Unit>;
  /** What was found out about workloads before anything was started; each is taken out at its first start. */
  detections: Map<string, Detection>;
  /** When a service that others wait for was last started, on the clock of `performance.now`; see turn.ts. */
  neededStart: number;
  /** The whole system is being stopped: nothing is started any more. */
  stopping: boolean;
  /** Gives other ports to a service whose own were taken by a stranger after they were chosen; done a moment later. */
  movePorts(name: string): void;
  emit(event: RuntimeEvent): void;
  /** The log of a workload or backing service, opened at its first line. */
  logOf(name: string): LogFile;
  /** Told whenever any unit changed, or attributes became known; returns what ends the telling. */
  onChange(listener: () => void): () => void;
  changed(): void;
}
