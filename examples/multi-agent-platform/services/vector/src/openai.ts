import OpenAI, { APIError } from 'openai';
import { type Embedder, EmbeddingError } from './embedding.ts';

const model = 'text-embedding-3-small';
const size = 512;

/**
 * Embeddings from OpenAI, shortened to 512 dimensions, which that model is made for.
 * @throws EmbeddingError when OpenAI does not answer, or refuses
 */
export function openaiEmbedder(apiKey: string): Embedder {
  const client = new OpenAI({ apiKey, timeout: 15_000, maxRetries: 1 });
  return {
    name: model,
    size,
    threshold: 0.3,
    async embed(texts) {
      try {
        const { data } = await client.embeddings.create({ model, input: texts, dimensions: size });
        return data.map((one) => one.embedding);
      } catch (error) {
        if (!(error instanceof APIError)) throw error;
        throw new EmbeddingError(`OpenAI gave none: ${error.status ?? 'no answer'}`);
      }
    },
  };
}
