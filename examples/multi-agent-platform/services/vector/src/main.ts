import type { Memory } from '@platform/service/contracts.ts';
import { parentOf, startService } from '@platform/service/service.ts';
import { taskOfTraceId } from '@platform/service/trace.ts';
import { QdrantClient } from '@qdrant/js-client-rest';
import { EmbeddingError, localEmbedder } from './embedding.ts';
import { type Memories, openMemories } from './memories.ts';

const owner = { type: 'string', format: 'uuid' } as const;
const searchBody = {
  type: 'object',
  required: ['owner', 'text'],
  additionalProperties: false,
  properties: {
    owner,
    text: { type: 'string', minLength: 1, maxLength: 20_000 },
    limit: { type: 'integer', minimum: 1, maximum: 50, default: 5 },
  },
} as const;
const addBody = {
  type: 'object',
  required: ['owner', 'texts'],
  additionalProperties: false,
  properties: {
    owner,
    texts: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        required: ['text', 'kind'],
        additionalProperties: false,
        properties: { text: { type: 'string', minLength: 1, maxLength: 20_000 }, kind: { enum: ['fact', 'task'] } },
      },
    },
  },
} as const;

await startService({
  name: 'vector',
  port: 3005,
  environment: { QDRANT_URL: { required: true }, QDRANT_API_KEY: {}, OPENAI_API_KEY: {} },
  routes: async ({ app, settings, database, traced, log }) => {
    const client = new QdrantClient({
      url: settings.QDRANT_URL,
      apiKey: settings.QDRANT_API_KEY,
      checkCompatibility: false,
      timeout: 10_000,
    });
    const local = openMemories(client, localEmbedder);
    const hosted = settings.OPENAI_API_KEY
      ? openMemories(client, (await import('./openai.ts')).openaiEmbedder(settings.OPENAI_API_KEY))
      : undefined;

    /** Works with OpenAI's embeddings where there is a key; where they fail, with our own, and says so. */
    const withFallback = async <Result>(work: (memories: Memories) => Promise<Result>) => {
      if (!hosted) return { result: await work(local), store: local, embedding: local.embedder.name };
      try {
        return { result: await work(hosted), store: hosted, embedding: hosted.embedder.name };
      } catch (error) {
        if (!(error instanceof EmbeddingError)) throw error;
        log.warn({ reason: error.message }, 'OpenAI gave no embeddings');
        const embedding = `${local.embedder.name} (${error.message})`;
        return { result: await work(local), store: local, embedding };
      }
    };

    app.post<{ Body: { owner: string; text: string; limit: number } }>(
      '/v1/memories/search',
      { schema: { body: searchBody } },
      (request) =>
        traced(parentOf(request), 'search memories', async (span) => {
          const { owner: of, text, limit } = request.body;
          const { result, store, embedding } = await withFallback((memories) => memories.search(of, text, limit));
          span.detail(
            `${result.length} with a similarity of ${store.embedder.threshold} or more, embedded by ${embedding}`,
          );
          return { memories: result, embedding };
        }),
    );

    app.post<{ Body: { owner: string; texts: { text: string; kind: Memory['kind'] }[] } }>(
      '/v1/memories',
      { schema: { body: addBody } },
      (request, reply) =>
        traced(parentOf(request), 'keep memories', async (span) => {
          const { owner: of, texts } = request.body;
          const { result: ids, store } = await withFallback((memories) => memories.add(of, texts));
          for (const [index, id] of ids.entries()) {
            await database.query(
              `INSERT INTO vector.memories (id, task_id, owner, kind, collection, embedding) VALUES ($1, $2, $3, $4, $5, $6)`,
              [
                id,
                span.traceId ? taskOfTraceId(span.traceId) : null,
                of,
                texts[index]?.kind,
                store.collection,
                store.embedder.name,
              ],
            );
          }
          span.detail(`${ids.length} stored in ${store.collection}`);
          reply.code(201);
          return { ids };
        }),
    );

    return { checks: { qdrant: () => client.collectionExists(local.collection) } };
  },
});
