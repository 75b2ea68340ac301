import { randomUUID } from 'node:crypto';
import type { Memory } from '@platform/service/contracts.ts';
import type { QdrantClient } from '@qdrant/js-client-rest';
import type { Embedder } from './embedding.ts';

/** The store of memories: texts, found again by what they are about, each owner's apart. */
export interface Memories {
  /** Name of the Qdrant collection. */
  collection: string;
  embedder: Embedder;
  add(owner: string, texts: { text: string; kind: Memory['kind'] }[]): Promise<string[]>;
  search(owner: string, text: string, limit: number): Promise<Memory[]>;
}

/** Payload of a point, as stored. */
interface Payload {
  owner: string;
  text: string;
  kind: Memory['kind'];
  createdAt: string;
}

/** Opens the store; the collection is made when it is first needed. */
export function openMemories(client: QdrantClient, embedder: Embedder): Memories {
  const collection = `memories-${embedder.name}`;
  let prepared: Promise<void> | undefined;
  const prepare = () => {
    prepared ??= prepareCollection(client, collection, embedder.size).catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  };
  return {
    collection,
    embedder,
    async add(owner, texts) {
      await prepare();
      const vectors = await embedder.embed(texts.map(({ text }) => text));
      const points = texts.map(({ text, kind }, index) => {
        const payload: Payload = { owner, text, kind, createdAt: new Date().toISOString() };
        return { id: randomUUID(), vector: vectors[index] ?? [], payload: { ...payload } };
      });
      await client.upsert(collection, { wait: true, points });
      return points.map((point) => point.id);
    },
    async search(owner, text, limit) {
      await prepare();
      const [vector] = await embedder.embed([text]);
      if (!vector || vector.every((value) => value === 0)) return [];
      const { points } = await client.query(collection, {
        query: vector,
        filter: { must: [{ key: 'owner', match: { value: owner } }] },
        limit,
        with_payload: true,
      });
      return points
        .filter((point) => point.score >= embedder.threshold)
        .map((point) => {
          const payload = point.payload as unknown as Payload;
          return {
            id: String(point.id),
            text: payload.text,
            kind: payload.kind,
            score: Math.round(point.score * 1000) / 1000,
            createdAt: payload.createdAt,
          };
        });
    },
  };
}

/** Makes the collection if it is missing. Two replicas may try at once: the second finds it made. */
async function prepareCollection(client: QdrantClient, collection: string, size: number): Promise<void> {
  const { exists } = await client.collectionExists(collection);
  if (exists) return;
  try {
    await client.createCollection(collection, { vectors: { size, distance: 'Cosine' } });
  } catch (error) {
    if (!(await client.collectionExists(collection)).exists) throw error;
  }
  await client.createPayloadIndex(collection, { field_name: 'owner', field_schema: 'keyword', wait: true });
}
