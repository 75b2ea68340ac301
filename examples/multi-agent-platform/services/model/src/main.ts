import { randomUUID } from 'node:crypto';
import type { Action, Finding, Memory } from '@platform/service/contracts.ts';
import { parentOf, startService } from '@platform/service/service.ts';
import type { ActiveSpan } from '@platform/service/spans.ts';
import { taskOfTraceId } from '@platform/service/trace.ts';
import type { FastifyRequest } from 'fastify';
import { type Preference, type Providers, withProvider } from './choose.ts';
import type { DecisionRequest, Provider } from './provider.ts';
import { trainLocalProvider } from './providers/local.ts';

const text = { type: 'string', minLength: 1, maxLength: 50_000 } as const;
const list = { type: 'array', items: { type: 'object' } } as const;
const provider = { enum: ['openai', 'anthropic'] } as const;
const body = (properties: Record<string, unknown>) => ({
  schema: {
    body: {
      type: 'object',
      additionalProperties: false,
      required: Object.keys(properties),
      properties: { ...properties, provider },
    },
  },
});

interface Preferred {
  provider?: Preference;
}

await startService({
  name: 'model',
  port: 3004,
  environment: {
    OPENAI_API_KEY: {},
    ANTHROPIC_API_KEY: {},
    OPENAI_MODEL: { default: 'gpt-5-mini' },
    ANTHROPIC_MODEL: { default: 'claude-haiku-4-5' },
  },
  routes: async ({ app, settings, database, traced, log }) => {
    const local = trainLocalProvider();
    log.info({ training: local.training }, 'the local model is trained');
    const providers = { local, ...(await hostedProviders(settings)) };

    /** Does work with a provider, as a span, and records who did it. */
    const perform = async <Result>(
      request: FastifyRequest,
      purpose: string,
      preference: Preference,
      work: (provider: Provider) => Promise<Result>,
      describe: (result: Result, span: ActiveSpan) => string,
    ) =>
      traced(parentOf(request), purpose, async (span) => {
        const started = performance.now();
        const { result, identity } = await withProvider(providers, preference, work);
        await database.query(
          `INSERT INTO model.generations (id, task_id, purpose, provider, model, characters, duration_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
          [
            randomUUID(),
            span.traceId ? taskOfTraceId(span.traceId) : null,
            purpose,
            identity.provider,
            identity.model,
            JSON.stringify(result).length,
            performance.now() - started,
          ],
        );
        if (identity.note) log.warn({ note: identity.note }, 'fell back to the local model');
        span.detail(`${identity.provider}/${identity.model}: ${describe(result, span)}`);
        return { result, identity };
      });

    app.get('/v1/identity', async () => ({
      identity: (providers.openai ?? providers.anthropic ?? local).identity,
      local: { ...local.identity, training: local.training },
    }));

    app.post<{ Body: DecisionRequest & Preferred }>(
      '/v1/decide',
      body({ task: text, tools: list, memories: list, findings: list }),
      async (request) => {
        const { provider: preference, ...asked } = request.body;
        const { result, identity } = await perform(
          request,
          'decide what to do',
          preference,
          (one) => one.decide(asked),
          ({ actions }) => actions.map(nameOf).join(', ') || 'nothing is left to do',
        );
        return { ...result, identity };
      },
    );

    app.post<{ Body: { text: string; sentences: number } & Preferred }>(
      '/v1/summarise',
      body({ text, sentences: { type: 'integer', minimum: 1, maximum: 20 } }),
      async (request) => {
        const { text: given, sentences, provider: preference } = request.body;
        const { result, identity } = await perform(
          request,
          'summarise a text',
          preference,
          (one) => one.summarise(given, sentences),
          (chosen) => `${given.length} characters to ${chosen.join(' ').length}`,
        );
        return { sentences: result, identity };
      },
    );

    app.post<{ Body: { prompt: string; memories: Memory[] } & Preferred }>(
      '/v1/converse',
      body({ prompt: text, memories: list }),
      async (request) => {
        const { prompt, memories, provider: preference } = request.body;
        const { result, identity } = await perform(
          request,
          'write a text',
          preference,
          (one) => one.converse(prompt, memories),
          (written) => `${written.length} characters`,
        );
        return { text: result, identity };
      },
    );

    app.post<{ Body: { task: string; findings: Finding[]; memories: Memory[] } & Preferred }>(
      '/v1/answer',
      body({ task: text, findings: list, memories: list }),
      async (request) => {
        const { task, findings, memories, provider: preference } = request.body;
        const { result, identity } = await perform(
          request,
          'word the answer',
          preference,
          (one) => one.answer(task, findings, memories),
          (answer) =>
            `${answer.length} characters from ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`,
        );
        return { text: result, identity };
      },
    );
    return undefined;
  },
});

/** Loads the client libraries of those whose key is there: without one, starting is quicker by their weight. */
async function hostedProviders(settings: Record<string, string | undefined>): Promise<Omit<Providers, 'local'>> {
  const {
    OPENAI_API_KEY: openaiKey,
    OPENAI_MODEL: openaiModel = '',
    ANTHROPIC_API_KEY: anthropicKey,
    ANTHROPIC_MODEL: anthropicModel = '',
  } = settings;
  return {
    openai: openaiKey ? (await import('./providers/openai.ts')).openaiProvider(openaiKey, openaiModel) : undefined,
    anthropic: anthropicKey
      ? (await import('./providers/anthropic.ts')).anthropicProvider(anthropicKey, anthropicModel)
      : undefined,
  };
}

const nameOf = (action: Action): string => (action.kind === 'tool' ? action.tool : action.kind);
