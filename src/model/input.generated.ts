/**
 * Types of a model as it is written. Made from the schema by `npm run generate`: change the schema, not this file.
 */

export interface SystemCluster {
  /**
   * Name of the cluster.
   * @example "genesis-prod"
   */
  readonly name: string;
  /**
   * Region, for a regional one.
   * @example "us-central1"
   */
  readonly region?: string;
  /**
   * Zone, for a zonal one.
   * @example "us-central1-a"
   */
  readonly zone?: string;
  /**
   * Project or account.
   * @example "acme-prod"
   */
  readonly project?: string;
}

export interface SystemTls {
  /**
   * Issuer that cert-manager asks.
   * @example "letsencrypt"
   */
  readonly issuer?: string;
  /**
   * Secret that holds the certificate.
   * @example "shop-tls"
   */
  readonly secret?: string;
}

export interface SystemRoutes {
  /**
   * Host name that browsers and clients ask for.
   * @example "api.example.com"
   */
  readonly host: string;
  /**
   * Requests whose path begins with it.
   * @example "/api"
   */
  readonly path?: string;
  /**
   * The service that answers.
   * @example "gateway"
   */
  readonly service: string;
  /**
   * Name or number of its port; the main one when left out.
   * @example "http"
   */
  readonly port?: string | number;
  /** Requests of one client go to one replica. */
  readonly sticky?: boolean;
  /**
   * Most requests of one client in a second, minute or hour.
   * @example "20/s"
   * @example "600/m"
   */
  readonly limit?: string;
  /** Served by TLS; the environment's `tls` decides when left out. */
  readonly tls?: boolean;
}

export interface SystemRoutes2 {
  /** Name for references: `${routes.name.url}`; the service when left out. */
  readonly name?: string;
  /**
   * Host name that browsers and clients ask for.
   * @example "api.example.com"
   */
  readonly host: string;
  /**
   * Requests whose path begins with it.
   * @example "/api"
   */
  readonly path?: string;
  /**
   * The service that answers.
   * @example "gateway"
   */
  readonly service: string;
  /**
   * Name or number of its port; the main one when left out.
   * @example "http"
   */
  readonly port?: string | number;
  /** Requests of one client go to one replica. */
  readonly sticky?: boolean;
  /**
   * Most requests of one client in a second, minute or hour.
   * @example "20/s"
   * @example "600/m"
   */
  readonly limit?: string;
  /** Served by TLS; the environment's `tls` decides when left out. */
  readonly tls?: boolean;
}

export interface SystemSecrets {
  /**
   * Make a random value of so many characters, once; without it the value must be given.
   * @example 48
   */
  readonly generate?: number;
  /**
   * Fewest characters; a shorter value is refused.
   * @example 32
   */
  readonly minLength?: number;
  /** May be missing; variables that need it are then left out. */
  readonly optional?: boolean;
  /** What it is for and where to get it; shown when it is missing. */
  readonly description?: string;
}

export interface SystemOutputsCompose {
  /**
   * File to write.
   * @example "compose.yaml"
   */
  readonly file?: string;
  /** Sources are mounted, so that edits are served at once. */
  readonly reload?: boolean;
}

export interface SystemOutputsKubernetes {
  /**
   * Folder to write to.
   * @example "k8s"
   */
  readonly dir?: string;
  /**
   * Path of each file, with `{name}`, `{kind}`, `{kinds}` and `{environment}` in it; one for all, or by part.
   * @example "{kind}.yaml"
   * @example {"workload":"services/{name}-service.yaml","shared":"{kinds}.yaml"}
   */
  readonly layout?: string | { readonly [name: string]: string };
  /**
   * A page that explains the files: `true`, its path, or several paths.
   * @example true
   * @example ["k8s/README.md"]
   */
  readonly readme?: boolean | string | readonly string[];
  /**
   * Kubernetes version that they are for.
   * @example "1.34"
   */
  readonly version?: string;
}

export interface SystemOutputsKustomize {
  /**
   * Folder to write to.
   * @example "deploy"
   */
  readonly dir?: string;
  /**
   * Path of each file, with `{name}`, `{kind}`, `{kinds}` and `{environment}` in it; one for all, or by part.
   * @example "{kind}.yaml"
   * @example {"workload":"services/{name}-service.yaml","shared":"{kinds}.yaml"}
   */
  readonly layout?: string | { readonly [name: string]: string };
}

export interface SystemOutputsHelm {
  /**
   * Folder to write to.
   * @example "charts/system"
   */
  readonly chart?: string;
  /** One chart for the system, or one base chart with values for each service. */
  readonly per?: 'system' | 'service';
  /**
   * Path of the values files, with `{name}`, `{source}`, `{environment}` in it.
   * @example "{source}/values.yaml"
   */
  readonly values?: string;
}

export interface SystemOutputsSkaffold {
  /**
   * File to write.
   * @example "skaffold.yaml"
   */
  readonly file?: string;
  /** `per-service`: a module for each service. */
  readonly modules?: boolean | 'per-service';
  /**
   * Profiles to write.
   * @example ["dev","prod","local","debug"]
   */
  readonly profiles?: readonly string[];
  /**
   * Ports that are forwarded to this machine: all, or those of these names.
   * @example true
   * @example ["gateway"]
   */
  readonly forward?: boolean | readonly string[];
  /** Changed files are copied into running containers. */
  readonly sync?: boolean;
}

export interface SystemOutputsMakefile {
  /**
   * File to write.
   * @example "Makefile"
   */
  readonly file?: string;
}

export interface SystemOutputsScripts {
  /**
   * File to write.
   * @example "scripts/build_image.sh"
   */
  readonly build?: string;
  /**
   * File to write.
   * @example "scripts/deploy_k8s.sh"
   */
  readonly deploy?: string;
}

export interface SystemOutputsTerraform {
  /**
   * Folder to write to.
   * @example "infrastructure"
   */
  readonly dir?: string;
  /**
   * Where the module comes from.
   * @example "./modules/container-orchestration"
   */
  readonly module?: string;
}

export interface SystemOutputsIstio {
  /**
   * Folder to write to.
   * @example "istio"
   */
  readonly dir?: string;
  /**
   * Path of each file, with `{name}`, `{kind}`, `{kinds}` and `{environment}` in it; one for all, or by part.
   * @example "{kind}.yaml"
   * @example {"workload":"services/{name}-service.yaml","shared":"{kinds}.yaml"}
   */
  readonly layout?: string | { readonly [name: string]: string };
}

export interface SystemOutputsMonitoring {
  /**
   * Folder to write to.
   * @example "monitoring"
   */
  readonly dir?: string;
  /**
   * Namespace of the monitoring.
   * @example "monitoring"
   */
  readonly namespace?: string;
}

export interface SystemOutputsGitops {
  /**
   * Folder to write to.
   * @example "gitops"
   */
  readonly dir?: string;
  /** Which of the two. */
  readonly engine?: 'argocd' | 'flux';
  /**
   * Address of the Git repository.
   * @example "https://github.com/acme/shop"
   */
  readonly repository?: string;
}

export interface SystemOutputsCi {
  /** Where it runs. */
  readonly provider?: 'github';
  /**
   * File to write.
   * @example ".github/workflows/deploy.yaml"
   */
  readonly file?: string;
}

export interface SystemOutputsReadme {
  /**
   * File to write.
   * @example "DEPLOYMENT.md"
   */
  readonly file?: string;
}

export interface SystemOutputs {
  /** A Dockerfile and a .dockerignore for each service. */
  readonly dockerfile?: { readonly [name: string]: never } | true | null;
  /** A Compose file. */
  readonly compose?: SystemOutputsCompose | true | null;
  /** Plain Kubernetes manifests. */
  readonly kubernetes?: SystemOutputsKubernetes | true | null;
  /** A Kustomize base and an overlay for each environment. */
  readonly kustomize?: SystemOutputsKustomize | true | null;
  /** A Helm chart. */
  readonly helm?: SystemOutputsHelm | true | null;
  /** A Skaffold configuration. */
  readonly skaffold?: SystemOutputsSkaffold | true | null;
  /** A Makefile with the usual verbs. */
  readonly makefile?: SystemOutputsMakefile | true | null;
  /** Shell scripts. */
  readonly scripts?: SystemOutputsScripts | true | null;
  /** A Terraform root module. */
  readonly terraform?: SystemOutputsTerraform | true | null;
  /** Istio routing, canaries and mutual TLS. */
  readonly istio?: SystemOutputsIstio | true | null;
  /** Prometheus rules, ServiceMonitors and Grafana dashboards. */
  readonly monitoring?: SystemOutputsMonitoring | true | null;
  /** Argo CD or Flux. */
  readonly gitops?: SystemOutputsGitops | true | null;
  /** A workflow that checks, builds and deploys. */
  readonly ci?: SystemOutputsCi | true | null;
  /** Pages that explain the files. */
  readonly readme?: SystemOutputsReadme | true | null;
}

export interface SystemInput {
  /**
   * Files that this one is merged over, relative to it; the last one counts most.
   * @example "../shared/gantry.yaml"
   */
  readonly extends?: string | readonly string[];
  /**
   * Name of the system.
   * @example "shop"
   */
  readonly system?: string;
  /**
   * Registry and path in front of image names.
   * @example "ghcr.io/acme"
   */
  readonly registry?: string;
  /**
   * Kubernetes namespace; `{service}`, `{system}` and `{environment}` are filled in.
   * @example "shop"
   * @example "alice-{service}"
   */
  readonly namespace?: string;
  /**
   * Further namespaces that exist from the start.
   * @example ["alice-search"]
   */
  readonly namespaces?: readonly string[];
  /**
   * The only Kubernetes context that the environment may touch.
   * @example "gke_acme_prod"
   */
  readonly context?: string;
  /**
   * The cluster, where a cloud runs it.
   * @example {"name":"genesis-prod","region":"us-central1"}
   */
  readonly cluster?: string | SystemCluster;
  /**
   * Kubernetes storage class of disks.
   * @example "standard"
   */
  readonly storageClass?: string;
  /** Service mesh of the cluster. */
  readonly mesh?: 'istio';
  /**
   * How routes get their certificates.
   * @example {"issuer":"letsencrypt"}
   */
  readonly tls?: SystemTls;
  /**
   * Text for `${environment.name}`.
   * @example {"project":"acme-prod"}
   */
  readonly variables?: { readonly [name: string]: string | number | boolean };
  /**
   * How requests from outside reach services: a list, or a map of names.
   * @example [{"host":"api.example.com","service":"gateway"}]
   * @example {"api":{"host":"api.example.com","service":"gateway"}}
   */
  readonly routes?: { readonly [name: string]: SystemRoutes } | readonly SystemRoutes2[];
  /**
   * Merged under every service: what a service says itself counts more, and null removes.
   * @example {"health":{"ready":"/health/ready"},"resources":{"cpu":"200m..500m","memory":"256Mi..512Mi"}}
   */
  readonly defaults?: PartialServiceInput | null;
  /**
   * What the team builds, by name.
   * @example {"gateway":{"source":"services/gateway","port":3000}}
   */
  readonly services?: { readonly [name: string]: ServiceInput };
  /**
   * Databases, caches, queues: services that are attached, by name.
   * @example {"postgres":{"type":"postgres","version":16,"storage":"10Gi"}}
   */
  readonly backing?: { readonly [name: string]: BackingInput };
  /**
   * Names of secrets, never values.
   * @example {"jwt":{"generate":48},"openai-key":{}}
   */
  readonly secrets?: { readonly [name: string]: SystemSecrets | null };
  /**
   * The same keys again for each environment, merged over these: maps merge, lists and scalars replace, null removes.
   * @example {"local":{},"production":{"namespace":"shop","services":{"web":{"scale":3}}}}
   */
  readonly environments?: { readonly [name: string]: EnvironmentInput | null };
  /**
   * Which files are kept in the repository, and where.
   * @example {"dockerfile":{},"kubernetes":{"dir":"k8s"}}
   */
  readonly outputs?: SystemOutputs;
  readonly [further: `x-${string}`]: unknown;
}

export interface ServiceSource {
  /**
   * Folder that the image build sees.
   * @example "."
   */
  readonly context: string | null;
  /**
   * Folder of the service itself; that of `dockerfile` when left out, otherwise `context`.
   * @example "services/router"
   */
  readonly folder?: string | null;
  /**
   * Path of the Dockerfile.
   * @example "services/router/Dockerfile"
   */
  readonly dockerfile?: string | null;
  /**
   * Folders and files that the image needs; everything when left out.
   * @example ["services/router"]
   */
  readonly include?: readonly string[] | null;
  /**
   * Build arguments. Not for secrets: they stay in the image.
   * @example {"NODE_ENV":"production"}
   */
  readonly args?: { readonly [name: string]: string | number | boolean | null } | null;
  /**
   * Stage of the Dockerfile to build.
   * @example "runtime"
   */
  readonly target?: string | null;
}

export interface ServicePorts {
  /** The number that the process listens on. */
  readonly port: number | null;
  /** What is spoken there; `http`, unless the port is named after another protocol. */
  readonly protocol?: 'http' | 'https' | 'grpc' | 'tcp' | 'udp' | null;
}

export interface ServiceHealthReady {
  /**
   * Asked by HTTP; an answer from 200 to 399 is well.
   * @example "/health"
   */
  readonly path?: string | null;
  /** The port must accept a connection: its name, its number, or `true` for the main port. */
  readonly tcp?: true | string | number | null;
  /** The port must answer the gRPC health protocol with SERVING. */
  readonly grpc?: true | string | number | null;
  /**
   * Run inside the service; exit code 0 is well.
   * @example ["node","dist/main.js"]
   */
  readonly command?: readonly string[] | null;
  /**
   * Where `path` is asked: name or number of a port.
   * @example "http"
   */
  readonly port?: string | number | null;
  /** The service named in a gRPC health request. */
  readonly service?: string | null;
  /**
   * Time between two checks.
   * @example "10s"
   */
  readonly period?: string | number | null;
  /**
   * How long one check may take.
   * @example "2s"
   */
  readonly timeout?: string | number | null;
  /**
   * Time after the start before the first check.
   * @example "5s"
   */
  readonly delay?: string | number | null;
  /**
   * Failed checks in a row that count as down.
   * @example 3
   */
  readonly failures?: number | null;
}

export interface ServiceHealth {
  /**
   * May it get traffic? A path, or `{path}`, `{tcp}`, `{grpc}`, `{command}`.
   * @example "/health/ready"
   */
  readonly ready?: string | ServiceHealthReady | null;
  /**
   * Is it alive? When not, it is started again. Ask nothing else from here.
   * @example "/health/live"
   */
  readonly live?: string | ServiceHealthReady | null;
  /**
   * Has it started? The other two are asked from then on.
   * @example "/health"
   */
  readonly startup?: string | ServiceHealthReady | null;
}

export interface ServiceResourcesCpu {
  /**
   * What is kept free for it.
   * @example "200m"
   * @example "256Mi"
   */
  readonly request: string | number | null;
  /**
   * What it may use at most.
   * @example "500m"
   * @example "512Mi"
   */
  readonly limit?: string | number | null;
}

export interface ServiceResources {
  /**
   * CPU asked for, and the most that is allowed after `..`; in cores or thousandths (`m`).
   * @example "200m..500m"
   * @example "1..2"
   * @example "250m"
   */
  readonly cpu?: string | number | ServiceResourcesCpu | null;
  /**
   * Memory asked for, and the most that is allowed after `..`.
   * @example "256Mi..512Mi"
   * @example "1Gi"
   */
  readonly memory?: string | number | ServiceResourcesCpu | null;
}

export interface ServiceScaleMetric {
  /**
   * Name of the metric.
   * @example "sessions"
   */
  readonly name: string | null;
  /**
   * How much of it one replica carries.
   * @example 50
   */
  readonly perReplica: number | null;
}

export interface ServiceScale {
  /**
   * Fewest replicas.
   * @example 2
   */
  readonly min: number | null;
  /**
   * Most replicas; `min` when left out.
   * @example 10
   */
  readonly max?: number | null;
  /**
   * Percent of the CPU request that replicas are kept at.
   * @example 70
   */
  readonly cpu?: number | null;
  /**
   * Percent of the memory request that replicas are kept at.
   * @example 80
   */
  readonly memory?: number | null;
  /** A metric of the service itself to go by. */
  readonly metric?: ServiceScaleMetric | null;
}

export interface ServiceMetrics {
  /**
   * Where metrics are read.
   * @example "/metrics"
   */
  readonly path: string | null;
  /**
   * Name or number of the port.
   * @example "metrics"
   */
  readonly port?: string | number | null;
}

export interface ServiceVolumes {
  /**
   * Where the service finds it.
   * @example "/data/uploads"
   */
  readonly path: string | null;
  /**
   * Size of a disk that keeps its data; without it the data goes with the replica.
   * @example "5Gi"
   */
  readonly size?: string | number | null;
  /** The service may only read it. */
  readonly readOnly?: boolean | null;
}

export interface ServiceFiles {
  /**
   * Where the service finds it.
   * @example "/etc/app/config.yaml"
   */
  readonly path: string | null;
  /** The text; references in it are filled in. */
  readonly content?: string | null;
  /**
   * A file in the repository.
   * @example "config/app.yaml"
   */
  readonly source?: string | null;
}

export interface ServiceExpose {
  /**
   * The Service's number for the main port; the process keeps its own.
   * @example 80
   */
  readonly port?: number | null;
  /**
   * The Service's numbers by port name.
   * @example {"http":80,"metrics":9090}
   */
  readonly ports?: { readonly [name: string]: number | null } | null;
  /** Reachable from outside by a load balancer of its own. */
  readonly external?: boolean | null;
}

export interface ServicePlacement {
  /**
   * Name of the node pool.
   * @example "agent-runtime"
   */
  readonly pool?: string | null;
  /**
   * Runtime class that isolates it.
   * @example "gvisor"
   */
  readonly sandbox?: string | null;
  /** May run on machines that can be taken away. */
  readonly spot?: boolean | null;
}

export interface ServiceRolloutCanary {
  /**
   * Requests with this header go to the new version.
   * @example {"canary":"true"}
   */
  readonly header?: { readonly [name: string]: string | null } | null;
  /**
   * Percent of the traffic for the new version, step by step.
   * @example [10,50,100]
   */
  readonly weights: readonly number[] | null;
  /**
   * What must hold for the next step.
   * @example "error-rate < 1%"
   */
  readonly metric?: string | null;
  /**
   * Time between two steps.
   * @example "5m"
   */
  readonly pause?: string | number | null;
}

export interface ServiceRollout {
  /** `rolling` by default; `recreate` stops the old replicas first. */
  readonly strategy?: 'rolling' | 'recreate' | null;
  /**
   * Replicas above the number wanted, meanwhile.
   * @example 1
   * @example "25%"
   */
  readonly maxSurge?: number | string | null;
  /**
   * Replicas that may be missing, meanwhile.
   * @example 0
   */
  readonly maxUnavailable?: number | string | null;
  /**
   * When a rollout that does not get on has failed.
   * @example "10m"
   */
  readonly timeout?: string | number | null;
  /**
   * How long a replica may take to stop.
   * @example "30s"
   */
  readonly grace?: string | number | null;
  /** Give the new version a part of the traffic first. */
  readonly canary?: ServiceRolloutCanary | null;
}

export interface ServiceDev {
  /**
   * Runs it on this machine.
   * @example ["npm","run","dev"]
   */
  readonly command?: readonly string[] | null;
  /**
   * Files and folders whose change reloads it.
   * @example ["src"]
   */
  readonly watch?: readonly string[] | null;
  /**
   * Not watched.
   * @example ["src/generated"]
   */
  readonly ignore?: readonly string[] | null;
  /** Port on this machine; that of the service when left out. */
  readonly port?: number | null;
  /** `false`: changes do not reload it. */
  readonly reload?: boolean | null;
}

export interface ServiceInput {
  /**
   * Another service that this one is merged over.
   * @example "gateway"
   */
  readonly extends?: string | null;
  /** `web` serves requests, `worker` does not, `job` runs to its end, `cron` does so by the clock. */
  readonly kind?: 'web' | 'worker' | 'job' | 'cron' | null;
  /**
   * When a `cron` runs, as a cron expression.
   * @example "0 3 * * *"
   */
  readonly schedule?: string | null;
  /**
   * Folder of the code; or `{context, dockerfile, include, args, target}`.
   * @example "services/gateway"
   * @example {"context":".","dockerfile":"services/router/Dockerfile"}
   */
  readonly source?: string | ServiceSource | null;
  /**
   * Name of the image that is built from `source`; without `source`, an image that exists elsewhere.
   * @example "gateway"
   * @example "nginxinc/nginx-unprivileged:1.29"
   */
  readonly image?: string | null;
  /**
   * Replaces the command of the image and of the language.
   * @example ["node","dist/main.js"]
   */
  readonly command?: readonly string[] | null;
  /**
   * Runs to its end before the service starts: one command, or a list of commands in turn.
   * @example ["npm","run","migrate"]
   * @example [["npm","run","migrate"],["npm","run","seed"]]
   */
  readonly before?: readonly string[] | ReadonlyArray<readonly string[]> | null;
  /**
   * The port it listens on: short for `ports: {http: …}`.
   * @example 3000
   */
  readonly port?: number | null;
  /**
   * Ports by name, when there are several: a number, or `{port, protocol}`.
   * @example {"http":3000,"metrics":9090,"grpc":{"port":50051,"protocol":"grpc"}}
   */
  readonly ports?: { readonly [name: string]: number | ServicePorts | null } | null;
  /**
   * How the service is asked for its health.
   * @example {"ready":"/health/ready","live":"/health/live"}
   */
  readonly health?: string | ServiceHealth | null;
  /**
   * Variables. A reference such as `${postgres.url}` is the dependency; nothing else declares it.
   * @example {"DATABASE_URL":"${postgres.url}","LOG_LEVEL":"info"}
   */
  readonly env?: { readonly [name: string]: string | number | boolean | null } | null;
  /**
   * CPU and memory of one replica, `request..limit`.
   * @example {"cpu":"200m..500m","memory":"256Mi..512Mi"}
   */
  readonly resources?: ServiceResources | null;
  /**
   * How many replicas: a number, or bounds for an autoscaler.
   * @example 3
   * @example {"min":2,"max":10,"cpu":70,"memory":80}
   */
  readonly scale?: number | ServiceScale | null;
  /**
   * Where Prometheus reads metrics: a path, or `{path, port}`.
   * @example "/metrics"
   * @example {"path":"/metrics","port":"metrics"}
   */
  readonly metrics?: string | ServiceMetrics | null;
  /**
   * Backing services that this service alone may reach, by name.
   * @example {"db":{"type":"postgres","storage":"1Gi"}}
   */
  readonly owns?: { readonly [name: string]: BackingInput | null } | null;
  /**
   * What it may reach outside the system, `host:port`.
   * @example ["api.openai.com:443"]
   */
  readonly external?: readonly string[] | null;
  /**
   * What it waits for before it starts, by name: `ready`, `started`, or `none` to break a cycle.
   * @example {"orchestration":"none"}
   */
  readonly waits?: { readonly [name: string]: 'ready' | 'started' | 'none' | null } | null;
  /**
   * Folders to write to, by name: a path, or `{path, size, readOnly}`.
   * @example {"uploads":{"path":"/data/uploads","size":"5Gi"}}
   */
  readonly volumes?: { readonly [name: string]: string | ServiceVolumes | null } | null;
  /**
   * Files to put into the service, by name.
   * @example {"config":{"path":"/etc/app/config.yaml","source":"config/app.yaml"}}
   */
  readonly files?: { readonly [name: string]: ServiceFiles | null } | null;
  /**
   * How the Service is seen: `true` for a load balancer of its own, or `{port}` for another number.
   * @example true
   * @example {"port":80}
   */
  readonly expose?: boolean | ServiceExpose | null;
  /**
   * Further names under which it is reachable.
   * @example ["agent-cage-service"]
   */
  readonly aliases?: readonly string[] | null;
  /**
   * Kubernetes namespace.
   * @example "genesis-agents"
   */
  readonly namespace?: string | null;
  /**
   * Roles in the cloud that it is given.
   * @example ["pubsub.publisher"]
   */
  readonly permissions?: readonly string[] | null;
  /**
   * On which machines it runs.
   * @example {"pool":"agent-runtime","sandbox":"gvisor"}
   */
  readonly placement?: ServicePlacement | null;
  /**
   * How a new version takes over.
   * @example {"canary":{"weights":[10,50,100],"metric":"error-rate < 1%"}}
   */
  readonly rollout?: ServiceRollout | null;
  /**
   * How it runs on this machine, where that differs.
   * @example {"command":["npm","run","dev"]}
   */
  readonly dev?: ServiceDev | null;
}

export interface PartialServiceSource {
  /**
   * Folder that the image build sees.
   * @example "."
   */
  readonly context?: string | null;
  /**
   * Folder of the service itself; that of `dockerfile` when left out, otherwise `context`.
   * @example "services/router"
   */
  readonly folder?: string | null;
  /**
   * Path of the Dockerfile.
   * @example "services/router/Dockerfile"
   */
  readonly dockerfile?: string | null;
  /**
   * Folders and files that the image needs; everything when left out.
   * @example ["services/router"]
   */
  readonly include?: readonly string[] | null;
  /**
   * Build arguments. Not for secrets: they stay in the image.
   * @example {"NODE_ENV":"production"}
   */
  readonly args?: { readonly [name: string]: string | number | boolean | null } | null;
  /**
   * Stage of the Dockerfile to build.
   * @example "runtime"
   */
  readonly target?: string | null;
}

export interface PartialServicePorts {
  /** The number that the process listens on. */
  readonly port?: number | null;
  /** What is spoken there; `http`, unless the port is named after another protocol. */
  readonly protocol?: 'http' | 'https' | 'grpc' | 'tcp' | 'udp' | null;
}

export interface PartialServiceResourcesCpu {
  /**
   * What is kept free for it.
   * @example "200m"
   * @example "256Mi"
   */
  readonly request?: string | number | null;
  /**
   * What it may use at most.
   * @example "500m"
   * @example "512Mi"
   */
  readonly limit?: string | number | null;
}

export interface PartialServiceResources {
  /**
   * CPU asked for, and the most that is allowed after `..`; in cores or thousandths (`m`).
   * @example "200m..500m"
   * @example "1..2"
   * @example "250m"
   */
  readonly cpu?: string | number | PartialServiceResourcesCpu | null;
  /**
   * Memory asked for, and the most that is allowed after `..`.
   * @example "256Mi..512Mi"
   * @example "1Gi"
   */
  readonly memory?: string | number | PartialServiceResourcesCpu | null;
}

export interface PartialServiceScaleMetric {
  /**
   * Name of the metric.
   * @example "sessions"
   */
  readonly name?: string | null;
  /**
   * How much of it one replica carries.
   * @example 50
   */
  readonly perReplica?: number | null;
}

export interface PartialServiceScale {
  /**
   * Fewest replicas.
   * @example 2
   */
  readonly min?: number | null;
  /**
   * Most replicas; `min` when left out.
   * @example 10
   */
  readonly max?: number | null;
  /**
   * Percent of the CPU request that replicas are kept at.
   * @example 70
   */
  readonly cpu?: number | null;
  /**
   * Percent of the memory request that replicas are kept at.
   * @example 80
   */
  readonly memory?: number | null;
  /** A metric of the service itself to go by. */
  readonly metric?: PartialServiceScaleMetric | null;
}

export interface PartialServiceMetrics {
  /**
   * Where metrics are read.
   * @example "/metrics"
   */
  readonly path?: string | null;
  /**
   * Name or number of the port.
   * @example "metrics"
   */
  readonly port?: string | number | null;
}

export interface PartialServiceVolumes {
  /**
   * Where the service finds it.
   * @example "/data/uploads"
   */
  readonly path?: string | null;
  /**
   * Size of a disk that keeps its data; without it the data goes with the replica.
   * @example "5Gi"
   */
  readonly size?: string | number | null;
  /** The service may only read it. */
  readonly readOnly?: boolean | null;
}

export interface PartialServiceFiles {
  /**
   * Where the service finds it.
   * @example "/etc/app/config.yaml"
   */
  readonly path?: string | null;
  /** The text; references in it are filled in. */
  readonly content?: string | null;
  /**
   * A file in the repository.
   * @example "config/app.yaml"
   */
  readonly source?: string | null;
}

export interface PartialServiceRolloutCanary {
  /**
   * Requests with this header go to the new version.
   * @example {"canary":"true"}
   */
  readonly header?: { readonly [name: string]: string | null } | null;
  /**
   * Percent of the traffic for the new version, step by step.
   * @example [10,50,100]
   */
  readonly weights?: readonly number[] | null;
  /**
   * What must hold for the next step.
   * @example "error-rate < 1%"
   */
  readonly metric?: string | null;
  /**
   * Time between two steps.
   * @example "5m"
   */
  readonly pause?: string | number | null;
}

export interface PartialServiceRollout {
  /** `rolling` by default; `recreate` stops the old replicas first. */
  readonly strategy?: 'rolling' | 'recreate' | null;
  /**
   * Replicas above the number wanted, meanwhile.
   * @example 1
   * @example "25%"
   */
  readonly maxSurge?: number | string | null;
  /**
   * Replicas that may be missing, meanwhile.
   * @example 0
   */
  readonly maxUnavailable?: number | string | null;
  /**
   * When a rollout that does not get on has failed.
   * @example "10m"
   */
  readonly timeout?: string | number | null;
  /**
   * How long a replica may take to stop.
   * @example "30s"
   */
  readonly grace?: string | number | null;
  /** Give the new version a part of the traffic first. */
  readonly canary?: PartialServiceRolloutCanary | null;
}

export interface PartialServiceInput {
  /**
   * Another service that this one is merged over.
   * @example "gateway"
   */
  readonly extends?: string | null;
  /** `web` serves requests, `worker` does not, `job` runs to its end, `cron` does so by the clock. */
  readonly kind?: 'web' | 'worker' | 'job' | 'cron' | null;
  /**
   * When a `cron` runs, as a cron expression.
   * @example "0 3 * * *"
   */
  readonly schedule?: string | null;
  /**
   * Folder of the code; or `{context, dockerfile, include, args, target}`.
   * @example "services/gateway"
   * @example {"context":".","dockerfile":"services/router/Dockerfile"}
   */
  readonly source?: string | PartialServiceSource | null;
  /**
   * Name of the image that is built from `source`; without `source`, an image that exists elsewhere.
   * @example "gateway"
   * @example "nginxinc/nginx-unprivileged:1.29"
   */
  readonly image?: string | null;
  /**
   * Replaces the command of the image and of the language.
   * @example ["node","dist/main.js"]
   */
  readonly command?: readonly string[] | null;
  /**
   * Runs to its end before the service starts: one command, or a list of commands in turn.
   * @example ["npm","run","migrate"]
   * @example [["npm","run","migrate"],["npm","run","seed"]]
   */
  readonly before?: readonly string[] | ReadonlyArray<readonly string[]> | null;
  /**
   * The port it listens on: short for `ports: {http: …}`.
   * @example 3000
   */
  readonly port?: number | null;
  /**
   * Ports by name, when there are several: a number, or `{port, protocol}`.
   * @example {"http":3000,"metrics":9090,"grpc":{"port":50051,"protocol":"grpc"}}
   */
  readonly ports?: { readonly [name: string]: number | PartialServicePorts | null } | null;
  /**
   * How the service is asked for its health.
   * @example {"ready":"/health/ready","live":"/health/live"}
   */
  readonly health?: string | ServiceHealth | null;
  /**
   * Variables. A reference such as `${postgres.url}` is the dependency; nothing else declares it.
   * @example {"DATABASE_URL":"${postgres.url}","LOG_LEVEL":"info"}
   */
  readonly env?: { readonly [name: string]: string | number | boolean | null } | null;
  /**
   * CPU and memory of one replica, `request..limit`.
   * @example {"cpu":"200m..500m","memory":"256Mi..512Mi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many replicas: a number, or bounds for an autoscaler.
   * @example 3
   * @example {"min":2,"max":10,"cpu":70,"memory":80}
   */
  readonly scale?: number | PartialServiceScale | null;
  /**
   * Where Prometheus reads metrics: a path, or `{path, port}`.
   * @example "/metrics"
   * @example {"path":"/metrics","port":"metrics"}
   */
  readonly metrics?: string | PartialServiceMetrics | null;
  /**
   * Backing services that this service alone may reach, by name.
   * @example {"db":{"type":"postgres","storage":"1Gi"}}
   */
  readonly owns?: { readonly [name: string]: PartialBackingInput | null } | null;
  /**
   * What it may reach outside the system, `host:port`.
   * @example ["api.openai.com:443"]
   */
  readonly external?: readonly string[] | null;
  /**
   * What it waits for before it starts, by name: `ready`, `started`, or `none` to break a cycle.
   * @example {"orchestration":"none"}
   */
  readonly waits?: { readonly [name: string]: 'ready' | 'started' | 'none' | null } | null;
  /**
   * Folders to write to, by name: a path, or `{path, size, readOnly}`.
   * @example {"uploads":{"path":"/data/uploads","size":"5Gi"}}
   */
  readonly volumes?: { readonly [name: string]: string | PartialServiceVolumes | null } | null;
  /**
   * Files to put into the service, by name.
   * @example {"config":{"path":"/etc/app/config.yaml","source":"config/app.yaml"}}
   */
  readonly files?: { readonly [name: string]: PartialServiceFiles | null } | null;
  /**
   * How the Service is seen: `true` for a load balancer of its own, or `{port}` for another number.
   * @example true
   * @example {"port":80}
   */
  readonly expose?: boolean | ServiceExpose | null;
  /**
   * Further names under which it is reachable.
   * @example ["agent-cage-service"]
   */
  readonly aliases?: readonly string[] | null;
  /**
   * Kubernetes namespace.
   * @example "genesis-agents"
   */
  readonly namespace?: string | null;
  /**
   * Roles in the cloud that it is given.
   * @example ["pubsub.publisher"]
   */
  readonly permissions?: readonly string[] | null;
  /**
   * On which machines it runs.
   * @example {"pool":"agent-runtime","sandbox":"gvisor"}
   */
  readonly placement?: ServicePlacement | null;
  /**
   * How a new version takes over.
   * @example {"canary":{"weights":[10,50,100],"metric":"error-rate < 1%"}}
   */
  readonly rollout?: PartialServiceRollout | null;
  /**
   * How it runs on this machine, where that differs.
   * @example {"command":["npm","run","dev"]}
   */
  readonly dev?: ServiceDev | null;
}

export interface EnvironmentCluster {
  /**
   * Name of the cluster.
   * @example "genesis-prod"
   */
  readonly name?: string | null;
  /**
   * Region, for a regional one.
   * @example "us-central1"
   */
  readonly region?: string | null;
  /**
   * Zone, for a zonal one.
   * @example "us-central1-a"
   */
  readonly zone?: string | null;
  /**
   * Project or account.
   * @example "acme-prod"
   */
  readonly project?: string | null;
}

export interface EnvironmentTls {
  /**
   * Issuer that cert-manager asks.
   * @example "letsencrypt"
   */
  readonly issuer?: string | null;
  /**
   * Secret that holds the certificate.
   * @example "shop-tls"
   */
  readonly secret?: string | null;
}

export interface EnvironmentSecrets {
  /**
   * Make a random value of so many characters, once; without it the value must be given.
   * @example 48
   */
  readonly generate?: number | null;
  /**
   * Fewest characters; a shorter value is refused.
   * @example 32
   */
  readonly minLength?: number | null;
  /** May be missing; variables that need it are then left out. */
  readonly optional?: boolean | null;
  /** What it is for and where to get it; shown when it is missing. */
  readonly description?: string | null;
}

export interface EnvironmentRoutes {
  /**
   * Host name that browsers and clients ask for.
   * @example "api.example.com"
   */
  readonly host?: string | null;
  /**
   * Requests whose path begins with it.
   * @example "/api"
   */
  readonly path?: string | null;
  /**
   * The service that answers.
   * @example "gateway"
   */
  readonly service?: string | null;
  /**
   * Name or number of its port; the main one when left out.
   * @example "http"
   */
  readonly port?: string | number | null;
  /** Requests of one client go to one replica. */
  readonly sticky?: boolean | null;
  /**
   * Most requests of one client in a second, minute or hour.
   * @example "20/s"
   * @example "600/m"
   */
  readonly limit?: string | null;
  /** Served by TLS; the environment's `tls` decides when left out. */
  readonly tls?: boolean | null;
}

export interface EnvironmentRoutes2 {
  /** Name for references: `${routes.name.url}`; the service when left out. */
  readonly name?: string | null;
  /**
   * Host name that browsers and clients ask for.
   * @example "api.example.com"
   */
  readonly host?: string | null;
  /**
   * Requests whose path begins with it.
   * @example "/api"
   */
  readonly path?: string | null;
  /**
   * The service that answers.
   * @example "gateway"
   */
  readonly service?: string | null;
  /**
   * Name or number of its port; the main one when left out.
   * @example "http"
   */
  readonly port?: string | number | null;
  /** Requests of one client go to one replica. */
  readonly sticky?: boolean | null;
  /**
   * Most requests of one client in a second, minute or hour.
   * @example "20/s"
   * @example "600/m"
   */
  readonly limit?: string | null;
  /** Served by TLS; the environment's `tls` decides when left out. */
  readonly tls?: boolean | null;
}

export interface EnvironmentOutputsCompose {
  /**
   * File to write.
   * @example "compose.yaml"
   */
  readonly file?: string | null;
  /** Sources are mounted, so that edits are served at once. */
  readonly reload?: boolean | null;
}

export interface EnvironmentOutputsKubernetes {
  /**
   * Folder to write to.
   * @example "k8s"
   */
  readonly dir?: string | null;
  /**
   * Path of each file, with `{name}`, `{kind}`, `{kinds}` and `{environment}` in it; one for all, or by part.
   * @example "{kind}.yaml"
   * @example {"workload":"services/{name}-service.yaml","shared":"{kinds}.yaml"}
   */
  readonly layout?: string | { readonly [name: string]: string | null } | null;
  /**
   * A page that explains the files: `true`, its path, or several paths.
   * @example true
   * @example ["k8s/README.md"]
   */
  readonly readme?: boolean | string | readonly string[] | null;
  /**
   * Kubernetes version that they are for.
   * @example "1.34"
   */
  readonly version?: string | null;
}

export interface EnvironmentOutputsKustomize {
  /**
   * Folder to write to.
   * @example "deploy"
   */
  readonly dir?: string | null;
  /**
   * Path of each file, with `{name}`, `{kind}`, `{kinds}` and `{environment}` in it; one for all, or by part.
   * @example "{kind}.yaml"
   * @example {"workload":"services/{name}-service.yaml","shared":"{kinds}.yaml"}
   */
  readonly layout?: string | { readonly [name: string]: string | null } | null;
}

export interface EnvironmentOutputsHelm {
  /**
   * Folder to write to.
   * @example "charts/system"
   */
  readonly chart?: string | null;
  /** One chart for the system, or one base chart with values for each service. */
  readonly per?: 'system' | 'service' | null;
  /**
   * Path of the values files, with `{name}`, `{source}`, `{environment}` in it.
   * @example "{source}/values.yaml"
   */
  readonly values?: string | null;
}

export interface EnvironmentOutputsSkaffold {
  /**
   * File to write.
   * @example "skaffold.yaml"
   */
  readonly file?: string | null;
  /** `per-service`: a module for each service. */
  readonly modules?: boolean | 'per-service' | null;
  /**
   * Profiles to write.
   * @example ["dev","prod","local","debug"]
   */
  readonly profiles?: readonly string[] | null;
  /**
   * Ports that are forwarded to this machine: all, or those of these names.
   * @example true
   * @example ["gateway"]
   */
  readonly forward?: boolean | readonly string[] | null;
  /** Changed files are copied into running containers. */
  readonly sync?: boolean | null;
}

export interface EnvironmentOutputsMakefile {
  /**
   * File to write.
   * @example "Makefile"
   */
  readonly file?: string | null;
}

export interface EnvironmentOutputsScripts {
  /**
   * File to write.
   * @example "scripts/build_image.sh"
   */
  readonly build?: string | null;
  /**
   * File to write.
   * @example "scripts/deploy_k8s.sh"
   */
  readonly deploy?: string | null;
}

export interface EnvironmentOutputsTerraform {
  /**
   * Folder to write to.
   * @example "infrastructure"
   */
  readonly dir?: string | null;
  /**
   * Where the module comes from.
   * @example "./modules/container-orchestration"
   */
  readonly module?: string | null;
}

export interface EnvironmentOutputsIstio {
  /**
   * Folder to write to.
   * @example "istio"
   */
  readonly dir?: string | null;
  /**
   * Path of each file, with `{name}`, `{kind}`, `{kinds}` and `{environment}` in it; one for all, or by part.
   * @example "{kind}.yaml"
   * @example {"workload":"services/{name}-service.yaml","shared":"{kinds}.yaml"}
   */
  readonly layout?: string | { readonly [name: string]: string | null } | null;
}

export interface EnvironmentOutputsMonitoring {
  /**
   * Folder to write to.
   * @example "monitoring"
   */
  readonly dir?: string | null;
  /**
   * Namespace of the monitoring.
   * @example "monitoring"
   */
  readonly namespace?: string | null;
}

export interface EnvironmentOutputsGitops {
  /**
   * Folder to write to.
   * @example "gitops"
   */
  readonly dir?: string | null;
  /** Which of the two. */
  readonly engine?: 'argocd' | 'flux' | null;
  /**
   * Address of the Git repository.
   * @example "https://github.com/acme/shop"
   */
  readonly repository?: string | null;
}

export interface EnvironmentOutputsCi {
  /** Where it runs. */
  readonly provider?: 'github' | null;
  /**
   * File to write.
   * @example ".github/workflows/deploy.yaml"
   */
  readonly file?: string | null;
}

export interface EnvironmentOutputsReadme {
  /**
   * File to write.
   * @example "DEPLOYMENT.md"
   */
  readonly file?: string | null;
}

export interface EnvironmentOutputs {
  /** A Dockerfile and a .dockerignore for each service. */
  readonly dockerfile?: { readonly [name: string]: never } | true | null;
  /** A Compose file. */
  readonly compose?: EnvironmentOutputsCompose | true | null;
  /** Plain Kubernetes manifests. */
  readonly kubernetes?: EnvironmentOutputsKubernetes | true | null;
  /** A Kustomize base and an overlay for each environment. */
  readonly kustomize?: EnvironmentOutputsKustomize | true | null;
  /** A Helm chart. */
  readonly helm?: EnvironmentOutputsHelm | true | null;
  /** A Skaffold configuration. */
  readonly skaffold?: EnvironmentOutputsSkaffold | true | null;
  /** A Makefile with the usual verbs. */
  readonly makefile?: EnvironmentOutputsMakefile | true | null;
  /** Shell scripts. */
  readonly scripts?: EnvironmentOutputsScripts | true | null;
  /** A Terraform root module. */
  readonly terraform?: EnvironmentOutputsTerraform | true | null;
  /** Istio routing, canaries and mutual TLS. */
  readonly istio?: EnvironmentOutputsIstio | true | null;
  /** Prometheus rules, ServiceMonitors and Grafana dashboards. */
  readonly monitoring?: EnvironmentOutputsMonitoring | true | null;
  /** Argo CD or Flux. */
  readonly gitops?: EnvironmentOutputsGitops | true | null;
  /** A workflow that checks, builds and deploys. */
  readonly ci?: EnvironmentOutputsCi | true | null;
  /** Pages that explain the files. */
  readonly readme?: EnvironmentOutputsReadme | true | null;
}

export interface EnvironmentInput {
  /**
   * Name of the system.
   * @example "shop"
   */
  readonly system?: string | null;
  /**
   * Registry and path in front of image names.
   * @example "ghcr.io/acme"
   */
  readonly registry?: string | null;
  /**
   * Kubernetes namespace; `{service}`, `{system}` and `{environment}` are filled in.
   * @example "shop"
   * @example "alice-{service}"
   */
  readonly namespace?: string | null;
  /**
   * Further namespaces that exist from the start.
   * @example ["alice-search"]
   */
  readonly namespaces?: readonly string[] | null;
  /**
   * The only Kubernetes context that the environment may touch.
   * @example "gke_acme_prod"
   */
  readonly context?: string | null;
  /**
   * The cluster, where a cloud runs it.
   * @example {"name":"genesis-prod","region":"us-central1"}
   */
  readonly cluster?: string | EnvironmentCluster | null;
  /**
   * Kubernetes storage class of disks.
   * @example "standard"
   */
  readonly storageClass?: string | null;
  /** Service mesh of the cluster. */
  readonly mesh?: 'istio' | null;
  /**
   * How routes get their certificates.
   * @example {"issuer":"letsencrypt"}
   */
  readonly tls?: EnvironmentTls | null;
  /**
   * Text for `${environment.name}`.
   * @example {"project":"acme-prod"}
   */
  readonly variables?: { readonly [name: string]: string | number | boolean | null } | null;
  /**
   * Names of secrets, never values.
   * @example {"jwt":{"generate":48},"openai-key":{}}
   */
  readonly secrets?: { readonly [name: string]: EnvironmentSecrets | null } | null;
  /**
   * How requests from outside reach services: a list, or a map of names.
   * @example [{"host":"api.example.com","service":"gateway"}]
   * @example {"api":{"host":"api.example.com","service":"gateway"}}
   */
  readonly routes?: { readonly [name: string]: EnvironmentRoutes | null } | readonly EnvironmentRoutes2[] | null;
  /**
   * Which files are kept in the repository, and where.
   * @example {"dockerfile":{},"kubernetes":{"dir":"k8s"}}
   */
  readonly outputs?: EnvironmentOutputs | null;
  /** Merged under every service. */
  readonly defaults?: PartialServiceInput | null;
  /**
   * What the team builds, by name.
   * @example {"gateway":{"source":"services/gateway","port":3000}}
   */
  readonly services?: { readonly [name: string]: PartialServiceInput | null } | null;
  /**
   * Databases, caches, queues: services that are attached, by name.
   * @example {"postgres":{"type":"postgres","version":16,"storage":"10Gi"}}
   */
  readonly backing?: { readonly [name: string]: PartialBackingInput | null } | null;
}

export interface PostgresBackingResourcesCpu {
  /**
   * What is kept free for it.
   * @example "200m"
   * @example "256Mi"
   */
  readonly request: string | number;
  /**
   * What it may use at most.
   * @example "500m"
   * @example "512Mi"
   */
  readonly limit?: string | number;
}

export interface PostgresBackingResources {
  /**
   * CPU asked for, and the most that is allowed after `..`; in cores or thousandths (`m`).
   * @example "200m..500m"
   * @example "1..2"
   * @example "250m"
   */
  readonly cpu?: string | number | PostgresBackingResourcesCpu;
  /**
   * Memory asked for, and the most that is allowed after `..`.
   * @example "256Mi..512Mi"
   * @example "1Gi"
   */
  readonly memory?: string | number | PostgresBackingResourcesCpu;
}

export interface PostgresBackingBackup {
  /**
   * When, as a cron expression.
   * @example "0 3 * * *"
   */
  readonly schedule: string;
  /**
   * How long a backup is kept.
   * @example "14d"
   */
  readonly keep?: string | number;
}

export interface PostgresBackingInput {
  /** PostgreSQL. */
  readonly type: 'postgres';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Connection URI, `postgresql://user:password@host:port/database`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
  /**
   * Role that owns the database and that services connect as. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean;
  /**
   * Name of the database. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly database?: string | number | boolean;
}

export interface MysqlBackingInput {
  /** MySQL. */
  readonly type: 'mysql';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Connection URI, `mysql://user:password@host:port/database`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
  /**
   * Account that owns the database and that services connect as. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean;
  /**
   * Name of the database. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly database?: string | number | boolean;
}

export interface MariadbBackingInput {
  /** MariaDB. */
  readonly type: 'mariadb';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Connection URI, `mysql://user:password@host:port/database`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
  /**
   * Account that owns the database and that services connect as. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean;
  /**
   * Name of the database. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly database?: string | number | boolean;
}

export interface MongodbBackingInput {
  /** MongoDB. */
  readonly type: 'mongodb';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Connection URI, `mongodb://user:password@host:port/database?authSource=admin`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
  /**
   * Account that services connect as. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean;
  /**
   * Name of the database. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly database?: string | number | boolean;
}

export interface RedisBackingInput {
  /** Redis. */
  readonly type: 'redis';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Connection URI, `redis://user:password@host:port/0`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
  /**
   * Name of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean;
}

export interface ValkeyBackingInput {
  /** Valkey. */
  readonly type: 'valkey';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Connection URI, `redis://user:password@host:port/0`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
  /**
   * Name of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean;
}

export interface MemcachedBackingInput {
  /** Memcached. */
  readonly type: 'memcached';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Server list as clients take it, `host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly servers?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
}

export interface NatsBackingInput {
  /** NATS. */
  readonly type: 'nats';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Connection URI, `nats://user:password@host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
  /**
   * Name of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean;
  /**
   * Address of the monitoring pages (`/varz`, `/jsz`). Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly 'monitor-url'?: string | number | boolean;
  /** Streams and key-value stores that survive a restart. `true` when left out. */
  readonly jetstream?: boolean;
}

export interface RabbitmqBackingInput {
  /** RabbitMQ. */
  readonly type: 'rabbitmq';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Connection URI, `amqp://user:password@host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
  /**
   * Account that services connect as. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean;
  /**
   * Address of the management pages and API. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly 'management-url'?: string | number | boolean;
}

export interface KafkaBackingInput {
  /** Apache Kafka. */
  readonly type: 'kafka';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Bootstrap servers, `host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly brokers?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
}

export interface PubsubBackingInput {
  /** Google Cloud Pub/Sub. */
  readonly type: 'pubsub';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Id of the topic; the name in the model when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly topic?: string | number | boolean;
  /**
   * Id of the subscription; that of the topic when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly subscription?: string | number | boolean;
  /**
   * Id of the project; `local` on a developer's machine when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly project?: string | number | boolean;
}

export interface QdrantBackingInput {
  /** Qdrant. */
  readonly type: 'qdrant';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Address of the REST API, `http://host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
  /**
   * Key that every request must carry in the header `api-key`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly 'api-key'?: string | number | boolean;
  /**
   * Address of the gRPC API, `http://host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly 'grpc-url'?: string | number | boolean;
}

export interface ElasticsearchBackingInput {
  /** Elasticsearch. */
  readonly type: 'elasticsearch';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Address of the REST API with the account in it, `http://user:password@host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
  /**
   * Name of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean;
}

export interface OpensearchBackingInput {
  /** OpenSearch. */
  readonly type: 'opensearch';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Address of the REST API with the account in it, `http://user:password@host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
  /**
   * Name of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean;
}

export interface S3BackingInput {
  /** S3 object storage. */
  readonly type: 's3';
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache';
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PostgresBackingResources;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgresBackingBackup;
  /**
   * Address of the S3 API, `http://host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean;
  /**
   * Name of the bucket; the name in the model when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly bucket?: string | number | boolean;
  /**
   * Region that requests are signed for. `us-east-1` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly region?: string | number | boolean;
  /**
   * Access key id. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly 'access-key'?: string | number | boolean;
  /**
   * Secret access key. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly 'secret-key'?: string | number | boolean;
}

/** One type of backing service. */
export type BackingInput =
  | PostgresBackingInput
  | MysqlBackingInput
  | MariadbBackingInput
  | MongodbBackingInput
  | RedisBackingInput
  | ValkeyBackingInput
  | MemcachedBackingInput
  | NatsBackingInput
  | RabbitmqBackingInput
  | KafkaBackingInput
  | PubsubBackingInput
  | QdrantBackingInput
  | ElasticsearchBackingInput
  | OpensearchBackingInput
  | S3BackingInput;

export interface PostgreSQLPartialBackingBackup {
  /**
   * When, as a cron expression.
   * @example "0 3 * * *"
   */
  readonly schedule?: string | null;
  /**
   * How long a backup is kept.
   * @example "14d"
   */
  readonly keep?: string | number | null;
}

export interface PostgreSQLPartialBackingInput {
  /** PostgreSQL. */
  readonly type?: 'postgres' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Connection URI, `postgresql://user:password@host:port/database`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
  /**
   * Role that owns the database and that services connect as. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean | null;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean | null;
  /**
   * Name of the database. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly database?: string | number | boolean | null;
}

export interface MySQLPartialBackingInput {
  /** MySQL. */
  readonly type?: 'mysql' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Connection URI, `mysql://user:password@host:port/database`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
  /**
   * Account that owns the database and that services connect as. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean | null;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean | null;
  /**
   * Name of the database. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly database?: string | number | boolean | null;
}

export interface MariaDBPartialBackingInput {
  /** MariaDB. */
  readonly type?: 'mariadb' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Connection URI, `mysql://user:password@host:port/database`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
  /**
   * Account that owns the database and that services connect as. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean | null;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean | null;
  /**
   * Name of the database. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly database?: string | number | boolean | null;
}

export interface MongoDBPartialBackingInput {
  /** MongoDB. */
  readonly type?: 'mongodb' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Connection URI, `mongodb://user:password@host:port/database?authSource=admin`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
  /**
   * Account that services connect as. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean | null;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean | null;
  /**
   * Name of the database. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly database?: string | number | boolean | null;
}

export interface RedisPartialBackingInput {
  /** Redis. */
  readonly type?: 'redis' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Connection URI, `redis://user:password@host:port/0`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
  /**
   * Name of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean | null;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean | null;
}

export interface ValkeyPartialBackingInput {
  /** Valkey. */
  readonly type?: 'valkey' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Connection URI, `redis://user:password@host:port/0`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
  /**
   * Name of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean | null;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean | null;
}

export interface MemcachedPartialBackingInput {
  /** Memcached. */
  readonly type?: 'memcached' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Server list as clients take it, `host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly servers?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
}

export interface NATSPartialBackingInput {
  /** NATS. */
  readonly type?: 'nats' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Connection URI, `nats://user:password@host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
  /**
   * Name of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean | null;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean | null;
  /**
   * Address of the monitoring pages (`/varz`, `/jsz`). Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly 'monitor-url'?: string | number | boolean | null;
  /** Streams and key-value stores that survive a restart. `true` when left out. */
  readonly jetstream?: boolean | null;
}

export interface RabbitMQPartialBackingInput {
  /** RabbitMQ. */
  readonly type?: 'rabbitmq' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Connection URI, `amqp://user:password@host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
  /**
   * Account that services connect as. `app` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean | null;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean | null;
  /**
   * Address of the management pages and API. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly 'management-url'?: string | number | boolean | null;
}

export interface ApacheKafkaPartialBackingInput {
  /** Apache Kafka. */
  readonly type?: 'kafka' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Bootstrap servers, `host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly brokers?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
}

export interface GoogleCloudPubSubPartialBackingInput {
  /** Google Cloud Pub/Sub. */
  readonly type?: 'pubsub' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Id of the topic; the name in the model when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly topic?: string | number | boolean | null;
  /**
   * Id of the subscription; that of the topic when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly subscription?: string | number | boolean | null;
  /**
   * Id of the project; `local` on a developer's machine when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly project?: string | number | boolean | null;
}

export interface QdrantPartialBackingInput {
  /** Qdrant. */
  readonly type?: 'qdrant' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Address of the REST API, `http://host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
  /**
   * Key that every request must carry in the header `api-key`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly 'api-key'?: string | number | boolean | null;
  /**
   * Address of the gRPC API, `http://host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly 'grpc-url'?: string | number | boolean | null;
}

export interface ElasticsearchPartialBackingInput {
  /** Elasticsearch. */
  readonly type?: 'elasticsearch' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Address of the REST API with the account in it, `http://user:password@host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
  /**
   * Name of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean | null;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean | null;
}

export interface OpenSearchPartialBackingInput {
  /** OpenSearch. */
  readonly type?: 'opensearch' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Address of the REST API with the account in it, `http://user:password@host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
  /**
   * Name of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly user?: string | number | boolean | null;
  /**
   * Password of the account. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly password?: string | number | boolean | null;
}

export interface S3ObjectStoragePartialBackingInput {
  /** S3 object storage. */
  readonly type?: 's3' | null;
  /**
   * Version; the type's own default when left out.
   * @example 16
   * @example "7.2"
   */
  readonly version?: string | number | null;
  /** Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud. */
  readonly from?: 'managed' | 'external' | 'cloudsql' | 'memorystore' | 'rds' | 'elasticache' | null;
  /**
   * Size of its disk.
   * @example "10Gi"
   */
  readonly storage?: string | number | null;
  /**
   * CPU and memory.
   * @example {"cpu":"250m..1000m","memory":"256Mi..1Gi"}
   */
  readonly resources?: PartialServiceResources | null;
  /**
   * How many servers hold the data.
   * @example 3
   */
  readonly instances?: number | null;
  /**
   * A script, or a folder of them, that a new one starts with.
   * @example "db/init"
   */
  readonly init?: string | null;
  /**
   * Folder of manifests that existed before: read and checked, never written.
   * @example "k8s/nats"
   */
  readonly manifests?: string | null;
  /**
   * Kubernetes namespace.
   * @example "alice-events"
   */
  readonly namespace?: string | null;
  /** Reachable from outside the cluster. */
  readonly expose?: boolean | null;
  /**
   * Backups by the clock.
   * @example {"schedule":"0 3 * * *","keep":"14d"}
   */
  readonly backup?: PostgreSQLPartialBackingBackup | null;
  /**
   * Address of the S3 API, `http://host:port`. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly url?: string | number | boolean | null;
  /**
   * Host name. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly host?: string | number | boolean | null;
  /**
   * Port number. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly port?: string | number | boolean | null;
  /**
   * Name of the bucket; the name in the model when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly bucket?: string | number | boolean | null;
  /**
   * Region that requests are signed for. `us-east-1` when left out.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly region?: string | number | boolean | null;
  /**
   * Access key id. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly 'access-key'?: string | number | boolean | null;
  /**
   * Secret access key. Given for what is external.
   * @example "${postgres.url}"
   * @example "info"
   */
  readonly 'secret-key'?: string | number | boolean | null;
}

/** One type of backing service. */
export type PartialBackingInput =
  | PostgreSQLPartialBackingInput
  | MySQLPartialBackingInput
  | MariaDBPartialBackingInput
  | MongoDBPartialBackingInput
  | RedisPartialBackingInput
  | ValkeyPartialBackingInput
  | MemcachedPartialBackingInput
  | NATSPartialBackingInput
  | RabbitMQPartialBackingInput
  | ApacheKafkaPartialBackingInput
  | GoogleCloudPubSubPartialBackingInput
  | QdrantPartialBackingInput
  | ElasticsearchPartialBackingInput
  | OpenSearchPartialBackingInput
  | S3ObjectStoragePartialBackingInput;

/** What `${name.attribute}` may say of a backing service, by its type. */
export interface BackingAttributes {
  postgres: 'url' | 'host' | 'port' | 'user' | 'password' | 'database';
  mysql: 'url' | 'host' | 'port' | 'user' | 'password' | 'database';
  mariadb: 'url' | 'host' | 'port' | 'user' | 'password' | 'database';
  mongodb: 'url' | 'host' | 'port' | 'user' | 'password' | 'database';
  redis: 'url' | 'host' | 'port' | 'user' | 'password';
  valkey: 'url' | 'host' | 'port' | 'user' | 'password';
  memcached: 'servers' | 'host' | 'port';
  nats: 'url' | 'host' | 'port' | 'user' | 'password' | 'monitor-url';
  rabbitmq: 'url' | 'host' | 'port' | 'user' | 'password' | 'management-url';
  kafka: 'brokers' | 'host' | 'port';
  pubsub: 'topic' | 'subscription' | 'project';
  qdrant: 'url' | 'host' | 'port' | 'api-key' | 'grpc-url';
  elasticsearch: 'url' | 'host' | 'port' | 'user' | 'password';
  opensearch: 'url' | 'host' | 'port' | 'user' | 'password';
  s3: 'url' | 'host' | 'port' | 'bucket' | 'region' | 'access-key' | 'secret-key';
}
