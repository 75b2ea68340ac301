import { parentOf, startService } from '@platform/service/service.ts';
import { formatTraceparent } from '@platform/service/trace.ts';
import { insertRun } from './runs.ts';
import { startWorker } from './worker.ts';

const runBody = {
  type: 'object',
  required: ['taskId', 'owner', 'prompt'],
  additionalProperties: false,
  properties: {
    taskId: { type: 'string', format: 'uuid' },
    owner: { type: 'string', format: 'uuid' },
    prompt: { type: 'string', minLength: 1, maxLength: 20_000 },
  },
} as const;

await startService({
  name: 'orchestration',
  port: 3001,
  environment: {
    AGENT_URL: { required: true },
    TOOL_URL: { required: true },
    MODEL_URL: { required: true },
    VECTOR_URL: { required: true },
    EXECUTION_URL: { required: true },
  },
  neighbours: (settings) => ({
    agent: settings.AGENT_URL,
    tool: settings.TOOL_URL,
    model: settings.MODEL_URL,
    vector: settings.VECTOR_URL,
    execution: settings.EXECUTION_URL,
  }),
  routes: async ({ app, settings, database, messages, traced, log }) => {
    const addresses = {
      agent: settings.AGENT_URL,
      tool: settings.TOOL_URL,
      model: settings.MODEL_URL,
      vector: settings.VECTOR_URL,
      execution: settings.EXECUTION_URL,
    };
    const worker = startWorker(database, messages, traced, addresses, log);

    app.post<{ Body: { taskId: string; owner: string; prompt: string } }>(
      '/v1/runs',
      { schema: { body: runBody } },
      async (request, reply) => {
        const parent = parentOf(request);
        await insertRun(database, { ...request.body, parent: parent ? formatTraceparent(parent) : null });
        worker.wake(request.body.taskId);
        return reply.code(202).send({ taskId: request.body.taskId });
      },
    );

    return { close: () => worker.close() };
  },
});
