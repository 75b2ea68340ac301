import { listProcesses, membersOf } from '../../host/process-table.ts';
import type { Unit } from './unit.ts';

/** CPU and memory of every unit, measured only while somebody looks. */
export interface Usage {
  /**
   * Somebody looks now, and probably goes on looking for a while.
   * @param soon measure a moment later: while services start, the time that it takes is wanted for other things
   */
  look(soon?: boolean): void;
  close(): void;
}

/** Milliseconds. */
const interval = 2_000;
const interest = 6_000;

/** Writes `cpu` and `memory` into the status of the units, without telling anybody: whoever looks asks for the status. */
export function measureUsage(units: ReadonlyMap<string, Unit>): Usage {
  let last: { at: number; cpu: Map<string, number> } | undefined;
  let lookedAt = 0;
  let timer: NodeJS.Timeout | undefined;
  const measure = () => {
    const table = listProcesses();
    const at = performance.now();
    const cpu = new Map<string, number>();
    for (const unit of units.values()) {
      if (!unit.process) {
        delete unit.status.cpu;
        delete unit.status.memory;
        continue;
      }
      const members = membersOf(unit.process.pid, table);
      const seconds = members.reduce((sum, member) => sum + member.cpu, 0);
      const key = `${unit.name}/${unit.process.pid}`;
      cpu.set(key, seconds);
      unit.status.memory = members.reduce((sum, member) => sum + member.memory, 0);
      const before = last?.cpu.get(key);
      if (last && before !== undefined) {
        unit.status.cpu = Math.max(0, ((seconds - before) / (at - last.at)) * 100_000);
      }
    }
    last = { at, cpu };
  };
  const tick = () => {
    if (performance.now() - lookedAt > interest) {
      timer = undefined;
      last = undefined;
      return;
    }
    measure();
    timer = setTimeout(tick, interval).unref();
  };
  return {
    look(soon = false) {
      lookedAt = performance.now();
      if (timer) return;
      if (!soon) measure();
      // The first rate soon: CPU is a difference of two measurements.
      timer = setTimeout(tick, soon ? interval : interval / 4).unref();
    },
    close() {
      if (timer) clearTimeout(timer);
    },
  };
}
