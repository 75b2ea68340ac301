import type { Plan } from '../../plan/plan.ts';
import type { SystemStatus } from './status.ts';
import { hasReached, type Unit } from './unit.ts';

/** Crashes in a row, without ever being ready, after which a service is not waited for any longer. */
const hopelessAfter = 3;

/**
 * How the system stands, from how its units stand: `starting` while anything is on its way, `degraded` when nothing is and
 * something is stuck.
 */
export function systemState(plan: Plan, units: ReadonlyMap<string, Unit>): 'starting' | 'ready' | 'degraded' {
  const all = [...units.values()];
  if (all.every(isWell)) return 'ready';
  const stuck = new Set(all.filter(isHopeless).map(({ name }) => name));
  for (let grown = true; grown; ) {
    grown = false;
    for (const unit of all) {
      if (stuck.has(unit.name) || unit.status.state !== 'waiting') continue;
      const blocked = Object.entries(plan.workloads[unit.name]?.waits ?? {}).some(([name, milestone]) => {
        const other = units.get(name);
        return other !== undefined && !hasReached(other, milestone) && stuck.has(name);
      });
      if (blocked) {
        stuck.add(unit.name);
        grown = true;
      }
    }
  }
  return all.every((unit) => isWell(unit) || stuck.has(unit.name)) ? 'degraded' : 'starting';
}

const isWell = ({ status, wasReady }: Unit): boolean =>
  status.state === 'ready' || status.state === 'completed' || (status.state === 'reloading' && wasReady);

const isHopeless = ({ status, wasReady }: Unit): boolean =>
  status.state === 'failed' ||
  status.state === 'stopped' ||
  status.state === 'unready' ||
  (!wasReady && status.restarts >= hopelessAfter && ['backing-off', 'starting'].includes(status.state));

/** Where to point the browser: the routes, then web services that no route leads to. */
export function systemRoutes(plan: Plan, units: ReadonlyMap<string, Unit>): SystemStatus['routes'] {
  const routes = Object.values(plan.routes).flatMap(({ name, workload, port, path }) => {
    const address = units.get(workload)?.status.addresses[port];
    return address ? [{ name, address: `${address}${path === '/' ? '' : path}` }] : [];
  });
  const routed = new Set(Object.values(plan.routes).map(({ workload }) => workload));
  const others = Object.values(plan.workloads).flatMap(({ name, kind }) => {
    const address = Object.values(units.get(name)?.status.addresses ?? {})[0];
    return kind === 'web' && address && !routed.has(name) ? [{ name, address }] : [];
  });
  return [...routes, ...others];
}
