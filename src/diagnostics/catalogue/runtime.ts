import type { Diagnostic } from '../diagnostic.ts';

/** A second `up` for a system that runs. */
export const runtimeAlreadyRunning = (system: string, environment: string, pid: number): Diagnostic => ({
  code: 'runtime/already-running',
  severity: 'error',
  message: `${system} (${environment}) already runs, supervised by process ${pid}`,
  cure: 'look at it with `gantry status`, or stop it with `gantry down`',
});

/** A command that needs a running system. */
export const runtimeNotRunning = (system: string, environment: string): Diagnostic => ({
  code: 'runtime/not-running',
  severity: 'error',
  message: `${system} (${environment}) does not run`,
  cure: 'start it with `gantry up`',
});

/** A name that is no workload or backing service of the system. @param names those that are */
export const runtimeUnknownName = (name: string, names: readonly string[], nearest?: string): Diagnostic => ({
  code: 'runtime/unknown-name',
  severity: 'error',
  message: `nothing in this system is called "${name}"`,
  cure: `choose one of ${names.join(', ')}`,
  ...(nearest ? { nearest } : {}),
});

/**
 * A secret that must be given has no value.
 * @param variable that would give it
 * @param description what the model says about it
 */
export const runtimeSecretMissing = (name: string, variable: string, description?: string): Diagnostic => ({
  code: 'runtime/secret-missing',
  severity: 'error',
  message: `the secret ${name} has no value`,
  cure: `keep one with \`gantry secret set ${name}\`, or set the variable ${variable}`,
  ...(description ? { related: [{ message: description }] } : {}),
});

/** A given secret is shorter than the model asks for. The value is never said. */
export const runtimeSecretTooShort = (name: string, length: number, minLength: number): Diagnostic => ({
  code: 'runtime/secret-too-short',
  severity: 'error',
  message: `the secret ${name} has ${length} characters, and ${minLength} are asked for`,
  cure: `give a longer one with \`gantry secret set ${name}\``,
});

/** The file of kept secrets cannot be read; it is left as it is, for it may hold the only copy. */
export const runtimeSecretsUnreadable = (file: string, problem: string): Diagnostic => ({
  code: 'runtime/secrets-unreadable',
  severity: 'error',
  message: `${file} cannot be read: ${problem}`,
  cure: 'correct the file, or move it away to have new values made (databases keep the old ones)',
});

/** Who listens on a port that a service wanted. */
export interface Occupant {
  pid?: number;
  program?: string;
  /** When it belongs to Gantry: its system, the folder of that, and which service it is. */
  system?: string;
  root?: string;
  service?: string;
}

/** A port that went elsewhere. `what` is `gateway`, or `gateway.metrics` of several. */
export interface MovedPort {
  what: string;
  wanted: number;
  given: number;
}

/** Another process has the port. */
export const runtimePortTaken = ({ what, wanted, given }: MovedPort, occupant: Occupant): Diagnostic => ({
  code: 'runtime/port-taken',
  severity: 'warning',
  message: `${what} has port ${given}, because ${occupantText(occupant)} listens on ${wanted}`,
  cure: occupant.system
    ? 'stop that system, or leave both running'
    : `stop ${occupant.pid ? `process ${occupant.pid}` : 'it'}, or choose another port with \`dev: {port: …}\``,
});

/** Another system of Gantry's, perhaps a second clone of this one, has several of the ports. */
export const runtimePortsOfSystem = (system: string, root: string, moved: readonly MovedPort[]): Diagnostic => ({
  code: 'runtime/port-taken',
  severity: 'warning',
  message: `${moved.length} services have other ports than they want, because ${system} runs in ${root}`,
  cure: 'stop that system, or leave both running',
  related: moved.map(({ what, wanted, given }) => ({ message: `${what}: ${given} instead of ${wanted}` })),
});

/** Two services of one system want one port; the first declared has it. */
export const runtimePortShared = ({ what, wanted, given }: MovedPort, holder: string): Diagnostic => ({
  code: 'runtime/port-shared',
  severity: 'info',
  message: `${what} has port ${given} here, because ${holder} has ${wanted} too`,
  cure: `choose another with \`dev: {port: …}\``,
});

/** A service that is only an image, with no command for this machine. */
export const runtimeNothingToRun = (name: string): Diagnostic => ({
  code: 'runtime/nothing-to-run',
  severity: 'error',
  message: `${name} is only an image, which cannot run without a container engine`,
  cure: 'say how it runs here with `dev: {command: […]}`, or give its `source`',
});

/** A type of backing service that only runs elsewhere. */
export const runtimeNoLocalBacking = (name: string, type: string): Diagnostic => ({
  code: 'runtime/no-local-backing',
  severity: 'error',
  message: `${name}: ${type} cannot run here`,
  cure: `use one that runs elsewhere: \`from: external\` with its url, in this environment`,
});

/** A program could not be started at all. */
export const runtimeCannotStart = (name: string, command: readonly string[], problem: string): Diagnostic => ({
  code: 'runtime/cannot-start',
  severity: 'error',
  message: `${name} cannot be started: ${command.join(' ')}: ${problem}`,
  cure: 'install the program, or correct the command',
});

/** A `before` command failed. @param lines its last output */
export const runtimeBeforeFailed = (
  name: string,
  command: readonly string[],
  how: string,
  lines: readonly string[],
): Diagnostic => ({
  code: 'runtime/before-failed',
  severity: 'error',
  message: `${name} was not started: ${command.join(' ')} ended with ${how}`,
  cure: `correct it, then \`gantry restart ${name}\``,
  related: lines.map((message) => ({ message })),
});

/** A process ended that should not have. */
export const runtimeCrashed = (name: string, how: string, again: string, lines: readonly string[]): Diagnostic => ({
  code: 'runtime/crashed',
  severity: 'warning',
  message: `${name} ended with ${how}; started again in ${again}`,
  related: lines.map((message) => ({ message })),
});

/** A job ended badly. It is not repeated: its output must be looked at. */
export const runtimeJobFailed = (name: string, how: string, lines: readonly string[]): Diagnostic => ({
  code: 'runtime/job-failed',
  severity: 'error',
  message: `the job ${name} ended with ${how}`,
  cure: `correct it, then \`gantry restart ${name}\``,
  related: lines.map((message) => ({ message })),
});

/** A service runs for long and is not ready. */
export const runtimeNotReady = (name: string, seconds: number, problem: string): Diagnostic => ({
  code: 'runtime/not-ready',
  severity: 'warning',
  message: `${name} is not ready after ${seconds} s: ${problem}`,
  cure: `look at \`gantry logs ${name}\`; \`health\` of the service says what is asked`,
});

/** The live probe failed so often that the service was started again. */
export const runtimeNotLive = (name: string, problem: string): Diagnostic => ({
  code: 'runtime/not-live',
  severity: 'warning',
  message: `${name} is started again, because its live probe fails: ${problem}`,
});

/** A service changes a watched file whenever it starts, which would start it again without end. */
export const runtimeWritesWatched = (name: string, path: string): Diagnostic => ({
  code: 'runtime/writes-watched',
  severity: 'warning',
  message: `${name} writes ${path} at each start; changes of it no longer reload the service`,
  cure: `say \`dev: {ignore: [${path.split('/').at(-1)}]}\``,
});

/** Mounted files and volumes have absolute paths of a container, which a process of this machine does not see. */
export const runtimeMountElsewhere = (name: string, path: string, here: string): Diagnostic => ({
  code: 'runtime/mount-elsewhere',
  severity: 'info',
  message: `${name}: ${path} is ${here} here, for a process has no file system of its own`,
  cure: 'read the place from a variable, and set that variable in `environments.local`',
});

/** The supervisor in the background ended before it said that it runs. @param lines its last output */
export const runtimeDetachFailed = (how: string, lines: readonly string[]): Diagnostic => ({
  code: 'runtime/detach-failed',
  severity: 'error',
  message: `the supervisor in the background ended with ${how}`,
  cure: 'run `gantry up` without `--detach` to see it',
  related: lines.map((message) => ({ message })),
});

/** The machine refused something that always works: no memory, no file descriptors, a full disk. */
export const runtimeUnexpected = (name: string, problem: string): Diagnostic => ({
  code: 'runtime/unexpected',
  severity: 'error',
  message: `${name}: ${problem}`,
  cure: `when the cause is removed: \`gantry restart ${name}\``,
});

const occupantText = ({ pid, program, system, service }: Occupant): string => {
  if (system) return `${service ? `${service} of ` : ''}${system}${pid ? ` (process ${pid})` : ''}`;
  if (pid) return `process ${pid}${program ? ` (${program})` : ''}`;
  return 'another process, which this user may not see,';
};

/** The folder of the state was removed, or is another run's, while the system ran. */
export const runtimeStateLost = (folder: string): Diagnostic => ({
  code: 'runtime/state-lost',
  severity: 'error',
  message: `${folder} was removed while the system ran; it is stopped, for nothing could find it any more`,
  cure: 'start it again; gantry down before the folder is removed keeps everything in order',
});
