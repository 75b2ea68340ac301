import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * The processes of this machine, and who is who among them. Linux tells by /proc, where reading is a copy of memory and
 * therefore done synchronously; elsewhere (macOS) `ps` is asked. All differences between the two stay in this file.
 */
export interface ProcessEntry {
  pid: number;
  parent: number;
  group: number;
  /** Start of the process as the system tells it. With the pid it names one process of one boot, so a reused pid is seen. */
  started: string;
  /** Ended, but its parent has not asked for the exit code yet. */
  zombie: boolean;
  /** Seconds of CPU time used so far. */
  cpu: number;
  /** Resident bytes. */
  memory: number;
}

const linux = process.platform === 'linux';
/** USER_HZ: the unit of CPU times in /proc, 100 on every architecture that Node runs on. */
const ticksPerSecond = 100;
const pageSize = 4096;

/** Every process that can be seen. */
export function listProcesses(): ProcessEntry[] {
  if (!linux) return listByPs(['-axo', psColumns]);
  const found: ProcessEntry[] = [];
  for (const name of readdirSync('/proc')) {
    const first = name.charCodeAt(0);
    if (first < 48 || first > 57) continue;
    const entry = readProcEntry(name);
    if (entry) found.push(entry);
  }
  return found;
}

/** One process, or undefined when there is none with that id. */
export function findProcess(pid: number): ProcessEntry | undefined {
  return linux ? readProcEntry(String(pid)) : listByPs(['-o', psColumns, '-p', String(pid)])[0];
}

/** Whether that very process still runs: same id, same start, not a zombie. */
export function isRunning(pid: number, started: string): boolean {
  const entry = findProcess(pid);
  return entry !== undefined && entry.started === started && !entry.zombie;
}

/** Ids of the processes whose environment at their start held this text. Those of other users may stay unseen. */
export function findMarked(marker: string): number[] {
  if (!linux) {
    return ps(['-axEwwo', 'pid=,command='])
      .filter((line) => line.includes(marker))
      .map((line) => Number.parseInt(line, 10))
      .filter((pid) => pid !== process.pid);
  }
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    const first = name.charCodeAt(0);
    if (first < 48 || first > 57) continue;
    try {
      if (readFileSync(`/proc/${name}/environ`, 'latin1').includes(marker)) found.push(Number(name));
    } catch {
      // Gone meanwhile, or not ours to read.
    }
  }
  return found;
}

/** Those of the group and all their descendants, also the ones that made a group of their own; zombies left out. */
export function membersOf(group: number, table: readonly ProcessEntry[] = listProcesses()): ProcessEntry[] {
  const members = new Set<number>();
  for (const entry of table) if (entry.group === group) members.add(entry.pid);
  for (let grown = true; grown; ) {
    grown = false;
    for (const entry of table) {
      if (!members.has(entry.pid) && members.has(entry.parent)) {
        members.add(entry.pid);
        grown = true;
      }
    }
  }
  return table.filter((entry) => members.has(entry.pid) && !entry.zombie);
}

/** Program and working folder of a process, as far as the system tells. */
export function describeProcess(pid: number): { program?: string; folder?: string } {
  if (!linux)
    return {
      program: ps(['-o', 'comm=', '-p', String(pid)])[0]
        ?.split('/')
        .at(-1),
    };
  const read = <T>(get: () => T): T | undefined => {
    try {
      return get();
    } catch {
      return undefined;
    }
  };
  return {
    program: read(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim()),
    folder: read(() => readlinkSync(`/proc/${pid}/cwd`)),
  };
}

/** A variable of the environment with which a process was started; undefined where it cannot be seen. */
export function environmentVariable(pid: number, name: string): string | undefined {
  const prefix = `${name}=`;
  try {
    const entries = linux
      ? readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
      : ps(['-Ewwo', 'command=', '-p', String(pid)])
          .join(' ')
          .split(' ');
    return entries.find((entry) => entry.startsWith(prefix))?.slice(prefix.length);
  } catch {
    return undefined;
  }
}

/** Names this boot of the machine; a record of another boot holds no living process. */
export function bootIdentity(): string {
  if (!linux) return ps(['-o', 'lstart=', '-p', '1'])[0] ?? '';
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** See proc(5), `/proc/pid/stat`. The name in brackets may hold anything, so fields are counted from the last bracket. */
function readProcEntry(name: string): ProcessEntry | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${name}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const state = fields[0] ?? '';
  return {
    pid: Number(name),
    parent: Number(fields[1]),
    group: Number(fields[2]),
    started: fields[19] ?? '',
    zombie: state === 'Z' || state === 'X',
    cpu: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    memory: Number(fields[21]) * pageSize,
  };
}

const psColumns = 'pid=,ppid=,pgid=,stat=,time=,rss=,lstart=';

function listByPs(args: string[]): ProcessEntry[] {
  return ps(args).flatMap((line) => {
    const [pid, parent, group, state = '', time = '', memory, ...started] = line.trim().split(/\s+/);
    if (!pid) return [];
    const seconds = time.split(/[-:]/).reduce((total, part) => total * 60 + Number.parseFloat(part), 0);
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        started: started.join('-'),
        zombie: state.startsWith('Z'),
        cpu: seconds,
        memory: Number(memory) * 1024,
      },
    ];
  });
}

function ps(args: string[]): string[] {
  try {
    return execFileSync('ps', args, { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n')
      .filter(Boolean);
  } catch {
    return [];
  }
}
