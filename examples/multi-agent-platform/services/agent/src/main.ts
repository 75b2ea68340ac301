import { randomUUID } from 'node:crypto';
import { call } from '@platform/service/call.ts';
import type { Action, Finding, Memory, ModelIdentity, ToolDescription } from '@platform/service/contracts.ts';
import { parentOf, startService } from '@platform/service/service.ts';
import { taskOfTraceId } from '@platform/service/trace.ts';
import { act } from './act.ts';

const decisionBody = {
  type: 'object',
  required: ['task', 'owner', 'memories'],
  additionalProperties: false,
  properties: {
    task: { type: 'string', minLength: 1, maxLength: 20_000 },
    owner: { type: 'string', format: 'uuid' },
    memories: { type: 'array', items: { type: 'object' } },
  },
} as const;

/** A model that asks for more after this many rounds has lost its way. */
const mostRounds = 4;
const mostActions = 12;

await startService({
  name: 'agent',
  port: 3002,
  environment: {
    MODEL_URL: { required: true },
    TOOL_URL: { required: true },
    OPENAI_API_KEY: {},
    ANTHROPIC_API_KEY: {},
  },
  neighbours: (settings) => ({ model: settings.MODEL_URL, tool: settings.TOOL_URL }),
  routes: async ({ app, settings, database, traced }) => {
    // Whose key this agent was given is whom it asks for; the model service does the asking, with its own.
    const provider = settings.OPENAI_API_KEY ? 'openai' : settings.ANTHROPIC_API_KEY ? 'anthropic' : undefined;

    app.post<{ Body: { task: string; owner: string; memories: Memory[] } }>(
      '/v1/decisions',
      { schema: { body: decisionBody } },
      (request) =>
        traced(parentOf(request), 'decide and act', async (span) => {
          const { task, owner, memories } = request.body;
          const { tools } = await call<{ tools: ToolDescription[] }>('tool', settings.TOOL_URL, '/v1/tools', { span });
          const findings: Finding[] = [];
          let identity: ModelIdentity | undefined;
          for (let round = 0, done = false; !done && round < mostRounds; round++) {
            const decided = await call<{ actions: Action[]; done: boolean; identity: ModelIdentity }>(
              'model',
              settings.MODEL_URL,
              '/v1/decide',
              { body: { task, tools, memories, findings, provider }, span, timeoutMs: 90_000 },
            );
            identity = decided.identity;
            const actions = decided.actions.slice(0, mostActions - findings.length);
            for (const action of actions) {
              findings.push(
                await act(action, {
                  toolAddress: settings.TOOL_URL,
                  modelAddress: settings.MODEL_URL,
                  owner,
                  memories,
                  provider,
                  span,
                }),
              );
            }
            done = decided.done || actions.length === 0;
          }
          await database.query(
            'INSERT INTO agent.decisions (id, task_id, task, provider, model, actions) VALUES ($1, $2, $3, $4, $5, $6)',
            [
              randomUUID(),
              span.traceId ? taskOfTraceId(span.traceId) : null,
              task,
              identity?.provider ?? 'none',
              identity?.model ?? 'none',
              JSON.stringify(findings.map((finding) => finding.action)),
            ],
          );
          span.detail(
            findings
              .map(({ action }) => `${action.kind === 'tool' ? action.tool : action.kind}: ${action.reason}`)
              .join('; '),
          );
          return { findings, identity };
        }),
    );
    return undefined;
  },
});
