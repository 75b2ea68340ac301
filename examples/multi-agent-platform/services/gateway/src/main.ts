import { randomUUID } from 'node:crypto';
import { call } from '@platform/service/call.ts';
import type { Span } from '@platform/service/contracts.ts';
import { parentOf, startService } from '@platform/service/service.ts';
import { storeSpan } from '@platform/service/spans.ts';
import { newSpanId, traceIdOfTask } from '@platform/service/trace.ts';
import { type OpenStreams, streamTask } from './events.ts';
import { createSessions } from './sessions.ts';
import { deleteTask, insertTask, listTasks, readTask } from './tasks.ts';

const taskBody = {
  type: 'object',
  required: ['prompt'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', format: 'uuid' },
    prompt: { type: 'string', minLength: 1, maxLength: 20_000, pattern: '\\S' },
  },
} as const;

const spanBody = {
  type: 'object',
  required: ['spanId', 'action', 'startedAt', 'durationMs'],
  additionalProperties: false,
  properties: {
    spanId: { type: 'string', pattern: '^[0-9a-f]{16}$' },
    action: { type: 'string', maxLength: 80 },
    startedAt: { type: 'number' },
    durationMs: { type: 'number', minimum: 0 },
    detail: { type: 'string', maxLength: 300 },
  },
} as const;

const idParameters = { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } } as const;

class NotFoundError extends Error {
  readonly statusCode = 404;
}

class ConflictError extends Error {
  readonly statusCode = 409;
}

const streams: OpenStreams = new Set();

await startService({
  name: 'gateway',
  port: 3000,
  environment: {
    ORCHESTRATION_URL: { required: true },
    JWT_SECRET: { required: true, minLength: 32 },
  },
  neighbours: (settings) => ({ orchestration: settings.ORCHESTRATION_URL }),
  routes: async ({ app, settings, database, messages, traced }) => {
    const sessions = createSessions(settings.JWT_SECRET);

    app.post('/v1/sessions', async (_request, reply) => reply.code(201).send(await sessions.issue()));

    app.get('/v1/tasks', async (request) => ({ tasks: await listTasks(database, await sessions.of(request)) }));

    app.post<{ Body: { id?: string; prompt: string } }>(
      '/v1/tasks',
      { schema: { body: taskBody } },
      async (request, reply) => {
        const session = await sessions.of(request);
        const { prompt } = request.body;
        // The page chooses the id, so that its own span can belong to the same trace.
        const id = request.body.id ?? randomUUID();
        const parent = parentOf(request) ?? { traceId: traceIdOfTask(id), spanId: newSpanId() };
        if (parent.traceId !== traceIdOfTask(id)) {
          return reply.code(400).send({ message: "the trace id must be the task's id without its hyphens" });
        }
        await traced(parent, 'accept the task', async (span) => {
          if (!(await insertTask(database, id, session, prompt)))
            throw new ConflictError('there is a task with this id already');
          try {
            await call('orchestration', settings.ORCHESTRATION_URL, '/v1/runs', {
              body: { taskId: id, owner: session, prompt },
              span,
              timeoutMs: 10_000,
            });
          } catch (error) {
            // Nobody will ever run it: the caller is told, and may hand it in again.
            await deleteTask(database, id);
            throw error;
          }
          span.detail(`checked the session, stored ${prompt.length} characters and handed them to orchestration`);
        });
        return reply.code(202).send({ id });
      },
    );

    app.get<{ Params: { id: string } }>('/v1/tasks/:id', { schema: { params: idParameters } }, async (request) => {
      const task = await readTask(database, await sessions.of(request), request.params.id);
      if (!task) throw new NotFoundError('this session has no such task');
      return task;
    });

    app.get<{ Params: { id: string } }>(
      '/v1/tasks/:id/events',
      { schema: { params: idParameters } },
      async (request, reply) => {
        const session = await sessions.of(request);
        const { id } = request.params;
        if (!(await readTask(database, session, id))) throw new NotFoundError('this session has no such task');
        await messages.check();
        reply.hijack();
        await streamTask(reply.raw, id, messages, streams, () => readTask(database, session, id));
      },
    );

    // The frontend has no database: it hands in its own span here, and can hand in no other service's.
    app.post<{
      Params: { id: string };
      Body: Pick<Span, 'spanId' | 'action' | 'startedAt' | 'durationMs'> & { detail?: string };
    }>('/v1/tasks/:id/spans', { schema: { params: idParameters, body: spanBody } }, async (request, reply) => {
      const { id } = request.params;
      if (!(await readTask(database, await sessions.of(request), id)))
        throw new NotFoundError('this session has no such task');
      const { detail = null, ...rest } = request.body;
      const span: Span = {
        ...rest,
        traceId: traceIdOfTask(id),
        parentId: null,
        service: 'frontend',
        state: 'done',
        detail,
      };
      await storeSpan(database, span);
      messages.publish(id, { type: 'span', span });
      return reply.code(201).send({ stored: true });
    });

    return {
      close: async () => {
        for (const end of [...streams]) end();
      },
    };
  },
});
