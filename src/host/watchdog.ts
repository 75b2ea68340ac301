import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Ends the process groups of a supervisor that dies without a chance to do it itself (SIGKILL, out of memory).
 * It is a shell, about 1 MB, in a session of its own; it learns the groups through a pipe, and the end of that pipe is the
 * death of the supervisor. A group is signalled only while its leader has the start time that was seen, or while a member
 * carries the run's marker: a stranger that got a used process id never is.
 */
export interface Watchdog {
  /** To be called right after a group's start. */
  add(group: number, started: string, signal: NodeJS.Signals): void;
  /** To be called once the group is empty. */
  remove(group: number): void;
  /** Nothing is left to watch: the watchdog ends without touching anything. */
  dismiss(): Promise<void>;
}

/** @param run the value of the marker variable `GANTRY_RUN` that every process of the run carries */
export function startWatchdog(run: string): Watchdog {
  const groups = new Map<number, string>();
  let dismissed = false;
  let child: ChildProcess;
  const start = () => {
    child = spawn('/bin/sh', ['-c', watchdogScript, 'gantry-watchdog', run], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
      cwd: '/',
    });
    child.stdin?.on('error', () => {});
    child.on('error', () => {});
    // Ended by somebody: another takes its place and is told what there is to watch.
    child.once('exit', () => {
      if (!dismissed) setTimeout(() => !dismissed && start(), 100).unref();
    });
    child.unref();
    (child.stdin as unknown as { unref?(): void } | null)?.unref?.();
    for (const line of groups.values()) say(line);
  };
  const say = (line: string) => child.stdin?.writable && child.stdin.write(`${line}\n`);
  start();
  return {
    add(group, started, signal) {
      const line = `add ${group} ${started} ${signal.replace('SIG', '')}`;
      groups.set(group, line);
      say(line);
    },
    remove(group) {
      if (groups.delete(group)) say(`remove ${group}`);
    },
    async dismiss() {
      dismissed = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.ref();
      child.stdin?.end('done\n');
      await ended;
    },
  };
}

/** POSIX sh. `left` prints what is still to be ended: `-GROUP SIGNAL` for groups, `PID TERM` for single processes. */
export const watchdogScript = `
trap '' HUP INT TERM QUIT
marker="GANTRY_RUN=$1"
groups=''
drop() {
  kept=''
  for entry in $groups; do
    case $entry in "$1":*) ;; *) kept="$kept $entry" ;; esac
  done
  groups=$kept
}
while read -r verb group started signal; do
  case $verb in
    add) drop "$group"; groups="$groups $group:$started:$signal" ;;
    remove) drop "$group" ;;
    done) exit 0 ;;
  esac
done

stat() {
  { read -r line < "/proc/$1/stat"; } 2>/dev/null || return 1
  set -f; set -- \${line##*) }; set +f
  case $1 in Z | X) return 1 ;; esac
  leader_group=$3
  leader_started=\${20}
}
marked() {
  if [ -r /proc/self/stat ]; then
    grep -l -e "$marker" /proc/[0-9]*/environ 2>/dev/null | while IFS=/ read -r _ _ pid _; do echo "$pid"; done
  else
    ps -axEwwo pid=,command= 2>/dev/null | grep -e "$marker" | grep -v grep | while read -r pid _; do echo "$pid"; done
  fi
}
left() {
  pids=$(marked)
  for entry in $groups; do
    group=\${entry%%:*}; rest=\${entry#*:}; started=\${rest%:*}; signal=\${rest##*:}
    if [ -r /proc/self/stat ]; then
      if stat "$group"; then
        [ "$leader_started" = "$started" ] && echo "-$group $signal"
      else
        for pid in $pids; do
          if stat "$pid" && [ "$leader_group" = "$group" ]; then echo "-$group $signal"; break; fi
        done
      fi
    else
      now=$(ps -o lstart= -p "$group" 2>/dev/null | tr -s ' ' '-' | sed 's/-$//')
      if [ -n "$now" ]; then [ "$now" = "$started" ] && echo "-$group $signal"
      else kill -0 "-$group" 2>/dev/null && echo "-$group $signal"; fi
    fi
  done
  for pid in $pids; do [ -r /proc/self/stat ] && { stat "$pid" || continue; }; echo "$pid TERM"; done
}
round=0
clean=0
while [ $round -lt 200 ]; do
  todo=$(left)
  if [ -z "$todo" ]; then
    clean=$((clean + 1))
    [ $clean -ge 3 ] && exit 0
  else
    clean=0
    if [ $round -eq 0 ] || [ $round -eq 10 ] || [ $round -ge 50 ]; then
      echo "$todo" | while read -r target signal; do
        [ $round -ge 50 ] && signal=KILL
        kill -s "$signal" -- "$target" 2>/dev/null
      done
    fi
  fi
  round=$((round + 1))
  sleep 0.1
done
`;
