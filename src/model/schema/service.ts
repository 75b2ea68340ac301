import { z } from 'zod';
import { readHostPort } from '../values/host-port.ts';
import { backing } from './backing.ts';
import { health } from './health.ts';
import { files, volumes } from './mount.ts';
import { type Protocol, ports } from './port.ts';
import { contradiction, read } from './read.ts';
import { placement, rollout } from './rollout.ts';
import { command, portNumber, resources, text, variable } from './scalars.ts';
import { scale } from './scale.ts';
import { image, source } from './source.ts';

const before = read(
  z.union([command, z.array(command).min(1)]),
  (value): string[][] => (Array.isArray(value[0]) ? value : [value]) as string[][],
).meta({
  description: 'Runs to its end before the service starts: one command, or a list of commands in turn.',
  examples: [
    ['npm', 'run', 'migrate'],
    [
      ['npm', 'run', 'migrate'],
      ['npm', 'run', 'seed'],
    ],
  ],
});

const expose = read(
  z.union([
    z.boolean(),
    z.strictObject({
      port: portNumber
        .meta({ description: "The Service's number for the main port; the process keeps its own.", examples: [80] })
        .optional(),
      ports: z
        .record(z.string(), portNumber)
        .meta({ description: "The Service's numbers by port name.", examples: [{ http: 80, metrics: 9090 }] })
        .optional(),
      external: z.boolean().meta({ description: 'Reachable from outside by a load balancer of its own.' }).optional(),
    }),
  ]),
  (value): { port?: number; ports: Record<string, number>; external: boolean } => {
    if (typeof value === 'boolean') return { ports: {}, external: value };
    return { ...value, ports: value.ports ?? {}, external: value.external ?? false };
  },
).meta({
  description: 'How the Service is seen: `true` for a load balancer of its own, or `{port}` for another number.',
  examples: [true, { port: 80 }],
});

const metrics = read(
  z.union([
    text,
    z.strictObject({
      path: text.meta({ description: 'Where metrics are read.', examples: ['/metrics'] }),
      port: z
        .union([text, portNumber])
        .meta({ description: 'Name or number of the port.', examples: ['metrics'] })
        .optional(),
    }),
  ]),
  (value): { path: string; port?: string | number } => (typeof value === 'string' ? { path: value } : value),
).meta({
  description: 'Where Prometheus reads metrics: a path, or `{path, port}`.',
  examples: ['/metrics', { path: '/metrics', port: 'metrics' }],
});

/** Keys of a service as written. */
export const serviceKeys = {
  extends: text
    .meta({ description: 'Another service that this one is merged over.', examples: ['gateway'] })
    .optional(),
  kind: z
    .enum(['web', 'worker', 'job', 'cron'])
    .meta({
      description: '`web` serves requests, `worker` does not, `job` runs to its end, `cron` does so by the clock.',
    })
    .optional(),
  schedule: text.meta({ description: 'When a `cron` runs, as a cron expression.', examples: ['0 3 * * *'] }).optional(),
  source: source.optional(),
  image: image.optional(),
  command: command
    .meta({
      description: 'Replaces the command of the image and of the language.',
      examples: [['node', 'dist/main.js']],
    })
    .optional(),
  before: before.optional(),
  port: portNumber
    .meta({ description: 'The port it listens on: short for `ports: {http: …}`.', examples: [3000] })
    .optional(),
  ports: ports.optional(),
  health: health.optional(),
  env: z
    .record(z.string(), variable)
    .meta({
      description: 'Variables. A reference such as `${postgres.url}` is the dependency; nothing else declares it.',
      examples: [{ DATABASE_URL: '${postgres.url}', LOG_LEVEL: 'info' }],
    })
    .optional(),
  resources: resources
    .meta({
      description: 'CPU and memory of one replica, `request..limit`.',
      examples: [{ cpu: '200m..500m', memory: '256Mi..512Mi' }],
    })
    .optional(),
  scale: scale.optional(),
  metrics: metrics.optional(),
  owns: z
    .record(z.string(), backing)
    .meta({
      description: 'Backing services that this service alone may reach, by name.',
      examples: [{ db: { type: 'postgres', storage: '1Gi' } }],
    })
    .optional(),
  external: z
    .array(read(text, readHostPort))
    .meta({ description: 'What it may reach outside the system, `host:port`.', examples: [['api.openai.com:443']] })
    .optional(),
  waits: z
    .record(z.string(), z.enum(['ready', 'started', 'none']))
    .meta({
      description: 'What it waits for before it starts, by name: `ready`, `started`, or `none` to break a cycle.',
      examples: [{ orchestration: 'none' }],
    })
    .optional(),
  volumes: volumes.optional(),
  files: files.optional(),
  expose: expose.optional(),
  aliases: z
    .array(text)
    .meta({ description: 'Further names under which it is reachable.', examples: [['agent-cage-service']] })
    .optional(),
  namespace: text.meta({ description: 'Kubernetes namespace.', examples: ['genesis-agents'] }).optional(),
  permissions: z
    .array(text)
    .meta({ description: 'Roles in the cloud that it is given.', examples: [['pubsub.publisher']] })
    .optional(),
  placement: placement.optional(),
  rollout: rollout.optional(),
  dev: z
    .strictObject({
      command: command.meta({ description: 'Runs it on this machine.', examples: [['npm', 'run', 'dev']] }).optional(),
      watch: z
        .array(text)
        .meta({ description: 'Files and folders whose change reloads it.', examples: [['src']] })
        .optional(),
      ignore: z
        .array(text)
        .meta({ description: 'Not watched.', examples: [['src/generated']] })
        .optional(),
      port: portNumber.meta({ description: 'Port on this machine; that of the service when left out.' }).optional(),
      reload: z.boolean().meta({ description: '`false`: changes do not reload it.' }).optional(),
    })
    .meta({
      description: 'How it runs on this machine, where that differs.',
      examples: [{ command: ['npm', 'run', 'dev'] }],
    })
    .optional(),
};

const written = z.strictObject(serviceKeys);

/** A service with each shorthand written out. Quantities are millicores and bytes, durations are seconds. */
export type Service = ReturnType<typeof complete>;

function complete({ extends: _, port, ...service }: z.output<typeof written>) {
  const ports: Record<string, { port: number; protocol: Protocol }> = {
    ...(port === undefined ? {} : { http: { port, protocol: 'http' as const } }),
    ...service.ports,
  };
  return {
    ...service,
    kind: service.kind ?? ('web' as const),
    before: service.before ?? [],
    ports,
    health: service.health ?? {},
    env: service.env ?? {},
    resources: service.resources ?? {},
    owns: service.owns ?? {},
    external: service.external ?? [],
    waits: service.waits ?? {},
    volumes: service.volumes ?? {},
    files: service.files ?? {},
    aliases: service.aliases ?? [],
    permissions: service.permissions ?? [],
    dev: service.dev ?? {},
  };
}

/** One service: everything that the team builds or runs. */
export const service = read(
  written.check(
    contradiction((value) => {
      if (value.port !== undefined && value.ports && Object.hasOwn(value.ports, 'http')) {
        return {
          message: '`port` is short for `ports.http`, and both are written',
          path: ['port'],
          cure: 'remove one of the two',
        };
      }
      if (value.source === undefined && value.image === undefined) {
        return {
          message: 'a service needs a source to build or an image to run',
          cure: 'write source: folder/of/the/code, or image: name:tag',
        };
      }
      if (value.kind === 'cron' && value.schedule === undefined) {
        return { message: 'a cron needs a schedule', path: ['kind'], cure: 'write schedule: "0 3 * * *", for example' };
      }
      if (value.kind !== 'cron' && value.schedule !== undefined) {
        return {
          message: 'only a cron has a schedule',
          path: ['schedule'],
          cure: 'write kind: cron, or remove schedule',
        };
      }
      return undefined;
    }),
  ),
  complete,
);
