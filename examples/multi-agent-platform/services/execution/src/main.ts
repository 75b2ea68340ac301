import { randomUUID } from 'node:crypto';
import type { Program } from '@platform/service/contracts.ts';
import { parentOf, startService } from '@platform/service/service.ts';
import { taskOfTraceId } from '@platform/service/trace.ts';
import { openSandbox } from './sandbox.ts';

const programBody = {
  type: 'object',
  required: ['source'],
  additionalProperties: false,
  properties: { source: { type: 'string', minLength: 1, maxLength: 50_000 }, inputs: {} },
} as const;

await startService({
  name: 'execution',
  port: 3006,
  environment: {},
  routes: async ({ app, database, traced }) => {
    const sandbox = openSandbox(new URL('./worker.js', import.meta.url), {
      timeoutMs: 2000,
      memoryMb: 32,
      concurrency: 4,
    });

    app.post<{ Body: Program }>('/v1/executions', { schema: { body: programBody } }, (request) =>
      traced(parentOf(request), 'run a program', async (span) => {
        const id = randomUUID();
        const ended = await sandbox.run(request.body);
        await database.query(
          `INSERT INTO execution.executions (id, task_id, source, outcome, error, duration_ms) VALUES ($1, $2, $3, $4, $5, $6)`,
          [
            id,
            span.traceId ? taskOfTraceId(span.traceId) : null,
            request.body.source,
            ended.outcome,
            ended.error ?? null,
            ended.durationMs,
          ],
        );
        span.detail(
          `${request.body.source.length} characters of JavaScript in a thread of its own → ${ended.error ?? JSON.stringify(ended.value)}`,
        );
        return { id, ...ended };
      }),
    );

    return { close: () => sandbox.close() };
  },
});
