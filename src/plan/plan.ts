/**
 * The Plan: one environment, fully resolved, frozen, plain JSON. Every later stage reads the Plan and never the Model.
 * Names keep the order of the model. Quantities are numbers in base units: CPU in millicores, memory and storage in bytes.
 */
export interface Plan {
  apiVersion: 'gantry/plan/v1';
  system: string;
  environment: string;
  /** Namespace of whatever does not say otherwise. */
  namespace: string;
  /** Every namespace: those in use and those reserved, sorted. */
  namespaces: string[];
  registry?: string;
  /** The only Kubernetes context that this environment may touch. */
  context?: string;
  storageClass?: string;
  mesh?: string;
  tls?: { issuer?: string; secret?: string };
  cluster?: { name: string; region?: string; zone?: string; project?: string };
  workloads: Record<string, Workload>;
  backing: Record<string, BackingService>;
  secrets: Record<string, Secret>;
  routes: Record<string, Route>;
  /** Who talks to whom. Sorted by `from`, then `to`, then port. */
  connections: Connection[];
  /** Names of workloads and backing services; each wave needs only earlier ones. */
  startOrder: string[][];
  /** Which files are kept in the repository and where, by target, as written. */
  outputs: Record<string, unknown>;
  /**
   * JSON pointer (RFC 6901) into this plan -> `file:line:column` in the model. An entry holds for everything below it that
   * has no entry of its own; `originOf` reads it so.
   */
  origins: Record<string, string>;
}

/** Text with references in it, in turn; a value without references is one string. */
export type Value = (string | Reference)[];

/** A reference that only a runtime or target can resolve, for each knows other addresses. */
export interface Reference {
  kind: 'workload' | 'backing' | 'secret' | 'route';
  /** Key in the plan's `workloads`, `backing`, `secrets` or `routes`. */
  name: string;
  /** `url`, `host` or `port` of a workload; an attribute of the backing type; `url` or `host` of a route; `value` of a secret. */
  attribute: string;
  /** Which port is meant, for `url` and `port` of a workload and of a backing service with ports. */
  port?: string;
}

export type WorkloadKind = 'web' | 'worker' | 'job' | 'cron';

export interface Workload {
  name: string;
  kind: WorkloadKind;
  /** Cron expression, for `cron`. */
  schedule?: string;
  namespace: string;
  /** Further names under which the Service is reachable. */
  aliases: string[];
  source?: Source;
  image: Image;
  /** Replaces the command of the image and of the language. */
  command?: string[];
  /** Commands that run to completion, in turn, before the workload starts. */
  before: string[][];
  ports: Record<string, Port>;
  /** Ports of the Service by port name; the container's stay as in `ports`. */
  servicePorts: Record<string, number>;
  /** Reachable from outside the cluster by a load balancer of its own. */
  external: boolean;
  probes: { ready?: Probe; live?: Probe; startup?: Probe };
  environment: Record<string, Value>;
  files: Record<string, MountedFile>;
  volumes: Record<string, Volume>;
  resources: { cpu?: Range; memory?: Range };
  scale: Scale;
  /**
   * What must have happened before it starts, by name of a workload or backing service: what its references reach and
   * what its `waits` adds, without what is `none` there and without what nobody here starts (external services).
   */
  waits: Record<string, 'ready' | 'started'>;
  metrics?: { path: string; port: string };
  /** Hosts outside the system that it may reach. */
  egress: { host: string; port: number }[];
  permissions: string[];
  placement?: { pool?: string; sandbox?: string; spot?: boolean };
  rollout?: Rollout;
  /** How it runs on the developer's machine, where that differs. */
  dev: { command?: string[]; watch?: string[]; ignore?: string[]; port?: number; reload?: boolean };
}

export interface Source {
  /** Folder relative to the model's, with forward slashes. */
  context: string;
  /** Folder of the service itself inside the context; where its language is detected and it runs. */
  folder: string;
  dockerfile?: string;
  include?: string[];
  args?: Record<string, string>;
  target?: string;
}

export interface Image {
  /** Host and path of the registry, without the slash before the repository. */
  registry?: string;
  /** Without registry and tag. */
  repository: string;
  tag?: string;
  digest?: string;
  /** False when the image is made elsewhere and only used here. */
  built: boolean;
}

export interface Port {
  port: number;
  protocol: Protocol;
}
/** Application protocol; all but `udp` are TCP on the wire. */
export type Protocol = 'http' | 'https' | 'grpc' | 'tcp' | 'udp' | 'postgres' | 'redis' | 'nats' | (string & {});

export interface Probe {
  check:
    | { type: 'http'; path: string; port: string }
    | { type: 'tcp'; port: string }
    | { type: 'grpc'; port: string; service?: string }
    | { type: 'command'; command: string[] };
  /** Seconds. */
  period?: number;
  timeout?: number;
  initialDelay?: number;
  failureThreshold?: number;
}

/** Request and limit; millicores for CPU, bytes for memory. */
export interface Range {
  request: number;
  limit?: number;
}

/** `max` above `min` means that an autoscaler owns the number of replicas. */
export interface Scale {
  min: number;
  max: number;
  /** Percent of the request. */
  cpu?: number;
  memory?: number;
  metric?: { name: string; perReplica: number };
}

/** How a new version takes over; durations in seconds. */
export interface Rollout {
  strategy?: 'rolling' | 'recreate';
  /** Replicas, or a percentage such as `25%`. */
  maxSurge?: number | string;
  maxUnavailable?: number | string;
  timeout?: number;
  grace?: number;
  /** `weights`: percent of the traffic for the new version, step by step. */
  canary?: { header?: Record<string, string>; weights: number[]; metric?: string; pause?: number };
}

export interface Volume {
  path: string;
  /** Bytes; without it the volume lives as long as the pod. */
  size?: number;
  readOnly?: boolean;
}

export interface MountedFile {
  /** Absolute path inside the container. */
  path: string;
  /** Exactly one of `content` and `source` (a path relative to the model's folder). */
  content?: Value;
  source?: string;
}

export interface BackingService {
  /** Key in `plan.backing`: the model's name, or `<owner>-<name>` when one service owns it. */
  name: string;
  type: string;
  /** As written, `"15"`; the type's default when left out. */
  version: string;
  namespace: string;
  /** The one workload that may reach it. */
  owner?: string;
  /** The key the owner wrote under `owns`. */
  alias?: string;
  /** `managed` by us; `external` with given attributes; `adopted` manifests; otherwise a cloud's offer such as `cloudsql`. */
  from: string;
  ports: Record<string, Port>;
  /** Attributes that were given (external), by name. */
  attributes: Record<string, Value>;
  /** Options of the type, with the type's defaults filled in: database, user, topic, … */
  settings: Record<string, string | number | boolean>;
  /** How many servers hold the data. */
  instances: number;
  storage?: number;
  resources: { cpu?: Range; memory?: Range };
  exposed: boolean;
  /** Folder or file of init scripts, relative to the model's folder. */
  init?: string;
  /** Folder of existing manifests, relative to the model's folder. */
  manifests?: string;
  /** A cron expression, and the seconds that a backup is kept. */
  backup?: { schedule: string; keep?: number };
}

export interface Secret {
  name: string;
  /** Length of the value to generate; without it the value must be given. */
  generate?: number;
  minLength?: number;
  /** May be missing; variables that need it are then left out. */
  optional: boolean;
  /** What it is for and where to get it. */
  description?: string;
}

export interface Route {
  name: string;
  host: string;
  path: string;
  workload: string;
  port: string;
  sticky: boolean;
  limit?: { count: number; per: 's' | 'm' | 'h' };
  tls: boolean;
}

/** Traffic that must be able to pass. Order of start is another thing: see `Workload.waits`. */
export interface Connection {
  /** A workload. */
  from: string;
  /** A workload, a backing service, or for `egress` a host outside the system. */
  to: string;
  kind: 'workload' | 'backing' | 'egress';
  /** Port of the container at the receiving end; none for a type without a port of its own (pubsub). */
  port?: number;
  /** Name of the port at the receiving end. */
  portName?: string;
  protocol: Protocol;
  /** Variables of `from` that carry the address. */
  variables: string[];
  /** Mounted files of `from` that carry the address, by their key in `Workload.files`. */
  files?: string[];
}
