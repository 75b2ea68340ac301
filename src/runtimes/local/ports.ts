import {
  type MovedPort,
  type Occupant,
  runtimePortShared,
  runtimePortsOfSystem,
  runtimePortTaken,
} from '../../diagnostics/catalogue/runtime.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readTextIfExists, writeAtomically } from '../../host/files.ts';
import { findFreePort, findListener, isPortFree } from '../../host/ports.ts';
import { describeProcess, environmentVariable } from '../../host/process-table.ts';
import type { Plan } from '../../plan/plan.ts';

/** `gateway/http` -> the port on this machine. */
export type AssignedPorts = ReadonlyMap<string, number>;

/** Key of a port in `AssignedPorts`. */
export const portKey = (name: string, port: string): string => `${name}/${port}`;

interface Wish {
  key: string;
  /** For people. */
  what: string;
  wanted: number;
}

/**
 * Gives every port of the plan's workloads and managed backing services a port of this machine: the one it wants when it
 * is free, else the one it had last time, else the next free one. Of two services that want one port the first declared
 * has it.
 * @param file where the ports are remembered; written when something changed
 * @param held ports that this very system listens on already, by key: they stay
 */
export async function assignPorts(
  plan: Plan,
  names: ReadonlySet<string>,
  file: string,
  held: AssignedPorts = new Map(),
): Promise<{ ports: AssignedPorts; diagnostics: Diagnostic[] }> {
  const remembered = await readRemembered(file);
  const wishes = wishesOf(plan, names);
  const ports = new Map<string, number>();
  const holders = new Map<number, Wish>();
  const wantedBySome = new Set(wishes.map(({ wanted }) => wanted));
  const diagnostics: Diagnostic[] = [];
  const give = (wish: Wish, port: number) => {
    ports.set(wish.key, port);
    holders.set(port, wish);
  };
  const later: Wish[] = [];
  const moved: Moved[] = [];
  const tried = [...wantedBySome].map(async (port) => ((await isPortFree(port)) ? [port] : []));
  const free = new Set((await Promise.all(tried)).flat());
  for (const wish of wishes) {
    if (holders.has(wish.wanted)) later.push(wish);
    else if (held.get(wish.key) === wish.wanted || free.has(wish.wanted)) give(wish, wish.wanted);
    else later.push(wish);
  }
  for (const wish of later) {
    const last = held.get(wish.key) ?? remembered.get(wish.key);
    const usable =
      last !== undefined && !holders.has(last) && (held.get(wish.key) === last || (await isPortFree(last)));
    const taken = (port: number) => holders.has(port) || wantedBySome.has(port) || isReserved(port, held);
    const given = usable ? last : await findFreePort(wish.wanted + 1, taken);
    const holder = holders.get(wish.wanted);
    const port = { what: wish.what, wanted: wish.wanted, given };
    if (holder) diagnostics.push(runtimePortShared(port, holder.what));
    else moved.push({ port, occupant: occupantOf(wish.wanted) });
    give(wish, given);
  }
  const text = `${JSON.stringify(Object.fromEntries([...remembered, ...ports]), undefined, 2)}\n`;
  if (text !== (await readTextIfExists(file))) await writeAtomically(file, text);
  return { ports, diagnostics: [...tellMoved(moved), ...diagnostics] };
}

interface Moved {
  port: MovedPort;
  occupant: Occupant;
}

/** One warning for each, but only one for all that another system has: a second clone wants every port of the first. */
function tellMoved(moved: readonly Moved[]): Diagnostic[] {
  const systems = new Map<string, { system: string; root: string; ports: MovedPort[] }>();
  for (const { port, occupant } of moved) {
    const { system, root } = occupant;
    if (!system || !root) continue;
    const entry = systems.get(root) ?? { system, root, ports: [] };
    entry.ports.push(port);
    systems.set(root, entry);
  }
  const several = [...systems.values()].filter(({ ports }) => ports.length > 1);
  const told = new Set(several.flatMap(({ ports }) => ports));
  return [
    ...several.map(({ system, root, ports }) => runtimePortsOfSystem(system, root, ports)),
    ...moved.flatMap(({ port, occupant }) => (told.has(port) ? [] : [runtimePortTaken(port, occupant)])),
  ];
}

/** Whether a process that is none of the run's own listens on a port that one of its services was given. */
export function isStolen(ports: AssignedPorts, name: string, run: string): boolean {
  const own = [...ports].filter(([key]) => key.startsWith(`${name}/`));
  return own.some(([, port]) => {
    const pid = findListener(port);
    return pid !== undefined && environmentVariable(pid, 'GANTRY_RUN') !== run;
  });
}

/** Who listens on a port, with the system and service when it is Gantry's. */
function occupantOf(port: number): Occupant {
  const pid = findListener(port);
  if (pid === undefined) return {};
  const variable = (name: string) => environmentVariable(pid, name);
  return {
    pid,
    program: describeProcess(pid).program,
    system: variable('GANTRY_SYSTEM'),
    root: variable('GANTRY_ROOT'),
    service: variable('GANTRY_SERVICE'),
  };
}

function wishesOf(plan: Plan, names: ReadonlySet<string>): Wish[] {
  const wishes: Wish[] = [];
  const add = (name: string, ports: Record<string, { port: number }>, main?: number) => {
    const single = Object.keys(ports).length === 1;
    for (const [index, [port, { port: number }]] of Object.entries(ports).entries()) {
      const wanted = index === 0 && main !== undefined ? main : number;
      wishes.push({ key: portKey(name, port), what: single ? name : `${name}.${port}`, wanted });
    }
  };
  for (const workload of Object.values(plan.workloads)) {
    if (names.has(workload.name)) add(workload.name, workload.ports, workload.dev.port);
  }
  for (const backing of Object.values(plan.backing)) {
    if (names.has(backing.name) && backing.from !== 'external') add(backing.name, backing.ports);
  }
  return wishes;
}

const isReserved = (port: number, held: AssignedPorts): boolean => [...held.values()].includes(port);

async function readRemembered(file: string): Promise<Map<string, number>> {
  try {
    const parsed: unknown = JSON.parse((await readTextIfExists(file)) ?? '{}');
    return new Map(
      Object.entries(parsed as object).filter(
        (entry): entry is [string, number] => Number.isInteger(entry[1]) && entry[1] > 0 && entry[1] < 65_536,
      ),
    );
  } catch {
    // Only a convenience: a broken file means that the ports are chosen anew.
    return new Map();
  }
}
