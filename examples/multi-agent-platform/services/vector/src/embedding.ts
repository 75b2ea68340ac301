/** Turns texts into vectors of one length; texts that are alike give vectors that point the same way. */
export interface Embedder {
  /** Names the method, and the collection that holds its vectors: vectors of two methods never meet. */
  name: string;
  size: number;
  embed(texts: string[]): Promise<number[][]>;
  /** Cosine similarity from which two texts are taken to be about the same thing. */
  threshold: number;
}

/** A hosted model gave no embeddings; the message says why. */
export class EmbeddingError extends Error {}

const localSize = 384;

/**
 * Embeddings made here: each word, each pair of neighbouring words and each run of four characters
 * is hashed to a place and a sign of the vector (the hashing trick), weighted so that words count
 * most and frequent small words hardly at all, and the vector is scaled to length one. It knows no
 * meanings, only shared wording and shared stems, and its name says so.
 */
export const localEmbedder: Embedder = {
  name: 'local-hashed-ngrams-v1',
  size: localSize,
  threshold: 0.22,
  embed: async (texts) => texts.map(embedLocally),
};

const small = new Set(
  `a about am an and are as at be been but by can could do does for from had has have how i if in is it its know me my of on or our
   remember so that the their them there they this to was we were what when where which who will with would you your please tell`.split(
    /\s+/,
  ),
);

/** The local embedding of one text; all zeros only for a text without letters and digits. */
export function embedLocally(text: string): number[] {
  const vector = new Array<number>(localSize).fill(0);
  const add = (feature: string, weight: number) => {
    const hash = hashOf(feature);
    const index = hash % localSize;
    vector[index] = (vector[index] ?? 0) + (hash & 0x8000_0000 ? weight : -weight);
  };
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  words.forEach((word, index) => {
    const weight = small.has(word) ? 0.1 : 1;
    add(`w:${word}`, weight);
    const next = words[index + 1];
    if (next) add(`p:${word} ${next}`, weight * (small.has(next) ? 0.1 : 0.6));
    if (weight === 1) {
      const padded = `^${word}$`;
      for (let start = 0; start + 4 <= padded.length; start++) add(`c:${padded.slice(start, start + 4)}`, 0.35);
    }
  });
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** FNV-1a over UTF-16 code units, with a final mix so that the low bits depend on every character. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
