import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Database, openDatabase } from './database.ts';
import { EnvironmentError, readEnvironment, type Values, type Variable } from './environment.ts';
import { type HealthCheck, serveHealth } from './health.ts';
import { connectMessages, type Messages } from './messages.ts';
import { serveMetrics } from './metrics.ts';
import { createTracer, type Traced } from './spans.ts';
import { parseTraceparent, type TraceContext } from './trace.ts';

const standard = {
  PORT: {},
  HOST: { default: '0.0.0.0' },
  LOG_LEVEL: { default: 'info' },
  DATABASE_URL: { required: true },
  NATS_URL: { required: true },
} as const satisfies Record<string, Variable>;

/** What a service's routes are given. */
export interface ServiceContext<Settings> {
  app: FastifyInstance;
  settings: Settings;
  database: Database;
  messages: Messages;
  traced: Traced;
  log: FastifyBaseLogger;
}

/** A service: its name, its port, what it reads from the environment and what it serves. */
export interface ServiceDefinition<Spec extends Record<string, Variable>> {
  name: string;
  /** Where it listens when PORT is not set. */
  port: number;
  environment: Spec;
  /** Names and base addresses of the services it calls. */
  neighbours?: (settings: Values<Spec>) => Record<string, string>;
  /** Adds the routes. Returns further readiness checks and what to do before the connections close. */
  routes: (
    context: ServiceContext<Values<Spec>>,
  ) => Promise<{ checks?: Record<string, HealthCheck>; close?: () => Promise<void> } | undefined>;
}

/** The place in a task's trace that a request comes from. */
export const parentOf = (request: FastifyRequest): TraceContext | undefined =>
  parseTraceparent(request.headers['traceparent']);

const shutdownLimitMs = 8_000;

/**
 * Runs a service until it is told to stop. On SIGTERM or SIGINT it becomes unready, accepts no new
 * connection, finishes what it has begun, closes its connections and exits with 0; after eight
 * seconds it gives up and exits with 1.
 */
export async function startService<const Spec extends Record<string, Variable>>(
  definition: ServiceDefinition<Spec>,
): Promise<void> {
  let settings: Values<Spec & typeof standard>;
  try {
    settings = readEnvironment({ ...standard, ...definition.environment });
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${definition.name}: ${error.message}\n`);
    process.exit(2);
  }
  const common = settings as Values<typeof standard>;
  const app = Fastify({
    logger: { level: common.LOG_LEVEL, base: { service: definition.name } },
    forceCloseConnections: 'idle',
    bodyLimit: 1024 * 1024,
  });
  const report = (what: string) => (error: Error) => app.log.warn({ err: error }, what);
  const database = openDatabase(common.DATABASE_URL, definition.name, report('a database connection was lost'));
  const messages = connectMessages(common.NATS_URL, definition.name);
  const traced = createTracer(definition.name, database, messages, report('a span was not stored'));

  let stopping = false;
  serveMetrics(app, definition.name);
  const extra = await definition.routes({ app, settings, database, messages, traced, log: app.log });
  serveHealth(
    app,
    { postgres: () => database.query('SELECT 1'), nats: () => messages.check(), ...extra?.checks },
    definition.neighbours?.(settings) ?? {},
    () => stopping,
  );

  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    app.log.info({ signal }, 'stopping');
    setTimeout(() => {
      app.log.error('did not stop in time');
      process.exit(1);
    }, shutdownLimitMs).unref();
    await extra?.close?.();
    await app.close();
    await messages.close();
    await database.end();
    app.log.info('stopped');
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  await app.listen({ port: Number(common.PORT ?? definition.port), host: common.HOST });
}
