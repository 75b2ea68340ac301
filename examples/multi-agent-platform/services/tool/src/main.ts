import { randomUUID } from 'node:crypto';
import { parentOf, startService } from '@platform/service/service.ts';
import { taskOfTraceId } from '@platform/service/trace.ts';
import { Ajv } from 'ajv';
import { type Tool, tools } from './registry.ts';
import { ExpressionError } from './tools/expression.ts';

const invocationBody = {
  type: 'object',
  required: ['owner', 'arguments'],
  additionalProperties: false,
  properties: { owner: { type: 'string', format: 'uuid' }, arguments: { type: 'object' } },
} as const;

/** The tool cannot do what it was asked: the caller can do better with other arguments. */
class InvocationError extends Error {
  readonly statusCode: number;
  constructor(message: string, statusCode: number) {
    super(message);
    this.statusCode = statusCode;
  }
}

const ajv = new Ajv({ allErrors: true, strictTypes: false });

await startService({
  name: 'tool',
  port: 3003,
  environment: {},
  routes: async ({ app, database, traced }) => {
    const byName = new Map<string, { tool: Tool; validate: ReturnType<typeof ajv.compile> }>(
      tools.map((tool) => [tool.name, { tool, validate: ajv.compile(tool.parameters) }]),
    );

    app.get('/v1/tools', (request) =>
      traced(parentOf(request), 'describe the tools', async (span) => {
        span.detail(`${tools.length} tools: ${tools.map((tool) => tool.name).join(', ')}`);
        return { tools: tools.map(({ name, description, parameters }) => ({ name, description, parameters })) };
      }),
    );

    app.post<{ Params: { name: string }; Body: { owner: string; arguments: Record<string, unknown> } }>(
      '/v1/tools/:name/invocations',
      { schema: { body: invocationBody } },
      (request) =>
        traced(parentOf(request), `use ${request.params.name}`, async (span) => {
          const entry = byName.get(request.params.name);
          if (!entry) {
            throw new InvocationError(
              `there is no tool "${request.params.name}"; there are ${[...byName.keys()].join(', ')}`,
              404,
            );
          }
          const { owner, arguments: given } = request.body;
          const started = performance.now();
          const record = async (output: unknown, error: string | null) => {
            const id = randomUUID();
            await database.query(
              `INSERT INTO tool.invocations (id, task_id, owner, tool, arguments, output, error, duration_ms)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
              [
                id,
                span.traceId ? taskOfTraceId(span.traceId) : null,
                owner,
                entry.tool.name,
                JSON.stringify(given),
                output === undefined ? null : JSON.stringify(output),
                error,
                performance.now() - started,
              ],
            );
            return id;
          };
          try {
            if (!entry.validate(given))
              throw new RangeError(ajv.errorsText(entry.validate.errors, { dataVar: 'arguments' }));
            const output = await entry.tool.run(given as never, { owner, database });
            const id = await record(output, null);
            span.detail(`${JSON.stringify(given).slice(0, 120)} → ${JSON.stringify(output).slice(0, 160)}`);
            return { id, output };
          } catch (error) {
            // What the arguments are to blame for is the caller's to mend; the rest is our own failure.
            if (!(error instanceof RangeError || error instanceof ExpressionError)) throw error;
            await record(undefined, error.message);
            throw new InvocationError(error.message, 422);
          }
        }),
    );

    app.get<{ Querystring: { task: string } }>(
      '/v1/invocations',
      {
        schema: {
          querystring: { type: 'object', required: ['task'], properties: { task: { type: 'string', format: 'uuid' } } },
        },
      },
      (request) =>
        traced(parentOf(request), 'read the record of calls', async (span) => {
          const { rows } = await database.query<{ id: string; tool: string; output: unknown }>(
            'SELECT id, tool, output FROM tool.invocations WHERE task_id = $1 AND error IS NULL ORDER BY created_at',
            [request.query.task],
          );
          span.detail(`${rows.length} on record`);
          return { invocations: rows };
        }),
    );
    return undefined;
  },
});
