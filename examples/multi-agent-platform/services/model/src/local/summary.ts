/** A sentence of a summary and where it stood in the text, counted from 0. */
export interface ChosenSentence {
  index: number;
  sentence: string;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];

const small = new Set(
  `the and for are was were that this with from have has had not but they their there which will would can could its his her you your our
   been also into than then them these those such when what who how all any each other more most some only over very one two`.split(
    /\s+/,
  ),
);

/** The sentences of a text. */
export function sentencesOf(text: string, locale = 'en'): string[] {
  return [...new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text.replace(/\s+/g, ' '))]
    .map((part) => part.segment.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/**
 * Chooses the sentences that say most of a text. A sentence is worth more the more it shares with all
 * others (its cosine to the centre of the text), a little more at the beginning, and less the more it
 * repeats what was chosen already (maximal marginal relevance: Carbonell and Goldstein, 1998).
 * @param wanted how many; all of them are returned, in the order of the text, when it has no more
 */
export function summarise(text: string, wanted: number): ChosenSentence[] {
  const sentences = sentencesOf(text);
  const bags = sentences.map((sentence) => {
    const bag = new Map<string, number>();
    for (const word of wordsOf(sentence)) if (!small.has(word)) bag.set(word, (bag.get(word) ?? 0) + 1);
    return bag;
  });
  const spread = new Map<string, number>();
  for (const bag of bags) for (const word of bag.keys()) spread.set(word, (spread.get(word) ?? 0) + 1);
  // A word that many sentences share is what the text is about; one that all share tells them no longer apart.
  const vectors = bags.map(
    (bag) =>
      new Map(
        [...bag].map(([word, times]) => [word, times * Math.log(1 + sentences.length / (spread.get(word) ?? 1))]),
      ),
  );
  const centre = new Map<string, number>();
  for (const vector of vectors) for (const [word, weight] of vector) centre.set(word, (centre.get(word) ?? 0) + weight);

  const worth = vectors.map((vector, index) => cosine(vector, centre) * (1 + 0.3 * Math.exp(-index)));
  const chosen: number[] = [];
  while (chosen.length < Math.min(wanted, sentences.length)) {
    let best = -1;
    let highest = Number.NEGATIVE_INFINITY;
    sentences.forEach((_sentence, index) => {
      if (chosen.includes(index)) return;
      const repeated = Math.max(
        0,
        ...chosen.map((other) => cosine(vectors[index] ?? new Map(), vectors[other] ?? new Map())),
      );
      const value = 0.7 * (worth[index] ?? 0) - 0.3 * repeated;
      if (value > highest) [best, highest] = [index, value];
    });
    if (best < 0) break;
    chosen.push(best);
  }
  return chosen.sort((left, right) => left - right).map((index) => ({ index, sentence: sentences[index] ?? '' }));
}

function cosine(left: Map<string, number>, right: Map<string, number>): number {
  let product = 0;
  for (const [word, weight] of left) product += weight * (right.get(word) ?? 0);
  const lengths = Math.hypot(...left.values()) * Math.hypot(...right.values());
  return lengths === 0 ? 0 : product / lengths;
}
