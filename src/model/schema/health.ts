import { z } from 'zod';
import { contradiction, read } from './read.ts';
import { command, duration, text } from './scalars.ts';

/** A port by name or number; the main port when left out. */
const port = z.union([text, z.int().min(1).max(65_535)]);

const timing = {
  period: duration.meta({ description: 'Time between two checks.', examples: ['10s'] }).optional(),
  timeout: duration.meta({ description: 'How long one check may take.', examples: ['2s'] }).optional(),
  delay: duration.meta({ description: 'Time after the start before the first check.', examples: ['5s'] }).optional(),
  failures: z
    .int()
    .min(1)
    .meta({ description: 'Failed checks in a row that count as down.', examples: [3] })
    .optional(),
};

const kinds = ['path', 'tcp', 'grpc', 'command'] as const;

const check = z
  .strictObject({
    path: text
      .meta({ description: 'Asked by HTTP; an answer from 200 to 399 is well.', examples: ['/health'] })
      .optional(),
    tcp: z
      .union([z.literal(true), port])
      .meta({ description: 'The port must accept a connection: its name, its number, or `true` for the main port.' })
      .optional(),
    grpc: z
      .union([z.literal(true), port])
      .meta({ description: 'The port must answer the gRPC health protocol with SERVING.' })
      .optional(),
    command: command.meta({ description: 'Run inside the service; exit code 0 is well.' }).optional(),
    port: port.meta({ description: 'Where `path` is asked: name or number of a port.', examples: ['http'] }).optional(),
    service: text.meta({ description: 'The service named in a gRPC health request.' }).optional(),
    ...timing,
  })
  .check(
    contradiction((value) => {
      const given = kinds.filter((kind) => value[kind] !== undefined);
      if (given.length === 1) {
        if (value.port !== undefined && given[0] !== 'path') {
          return {
            message: '`port` belongs to `path`',
            path: ['port'],
            cure: `write the port as the value of \`${given[0]}\``,
          };
        }
        if (value.service !== undefined && given[0] !== 'grpc') {
          return { message: '`service` belongs to `grpc`', path: ['service'], cure: 'remove `service`' };
        }
        return undefined;
      }
      if (given.length === 0) {
        return { message: 'a check needs one of path, tcp, grpc, command', cure: 'write path: /health, for example' };
      }
      return {
        message: `a check has one of path, tcp, grpc, command, not ${given.join(' and ')}`,
        path: [given[1] ?? ''],
        cure: `remove all but one`,
      };
    }),
  );

/** How a service is asked for its health, with the port as written: a name, a number, or undefined for the main port. */
export type HealthCheck = {
  check:
    | { type: 'http'; path: string; port?: string | number }
    | { type: 'tcp'; port?: string | number }
    | { type: 'grpc'; port?: string | number; service?: string }
    | { type: 'command'; command: string[] };
  /** Seconds. */
  period?: number;
  timeout?: number;
  delay?: number;
  failures?: number;
};

const probe = read(z.union([text, check]), (value): HealthCheck => {
  if (typeof value === 'string') return { check: { type: 'http', path: value } };
  const { path, tcp, grpc, command: argv, port: asked, service, ...times } = value;
  if (argv) return { check: { type: 'command', command: argv }, ...times };
  if (tcp !== undefined) return { check: { type: 'tcp', ...(tcp === true ? {} : { port: tcp }) }, ...times };
  if (grpc !== undefined) {
    const named = service === undefined ? {} : { service };
    return { check: { type: 'grpc', ...(grpc === true ? {} : { port: grpc }), ...named }, ...times };
  }
  return { check: { type: 'http', path: path ?? '/', ...(asked === undefined ? {} : { port: asked }) }, ...times };
});

/** The three questions; one path alone is the question for readiness. */
export const health = read(
  z.union([
    text,
    z.strictObject({
      ready: probe
        .meta({
          description: 'May it get traffic? A path, or `{path}`, `{tcp}`, `{grpc}`, `{command}`.',
          examples: ['/health/ready'],
        })
        .optional(),
      live: probe
        .meta({
          description: 'Is it alive? When not, it is started again. Ask nothing else from here.',
          examples: ['/health/live'],
        })
        .optional(),
      startup: probe
        .meta({ description: 'Has it started? The other two are asked from then on.', examples: ['/health'] })
        .optional(),
    }),
  ]),
  (value): { ready?: HealthCheck; live?: HealthCheck; startup?: HealthCheck } =>
    typeof value === 'string' ? { ready: { check: { type: 'http', path: value } } } : value,
).meta({
  description: 'How the service is asked for its health.',
  examples: [{ ready: '/health/ready', live: '/health/live' }],
});
