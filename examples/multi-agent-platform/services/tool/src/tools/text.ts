/** Figures of a text. `readingSeconds` is at 230 words a minute. */
export interface TextStatistics {
  characters: number;
  words: number;
  sentences: number;
  uniqueWords: number;
  longestWord: string;
  readingSeconds: number;
  frequentWords: { word: string; count: number }[];
}

const words = (text: string, locale: string): string[] =>
  [...new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)]
    .filter((part) => part.isWordLike)
    .map((part) => part.segment);

// Words that say nothing of what an English text is about.
const common = new Set(
  `a about after all also an and any are as at be been but by can could did do does for from had has have he her his how i if
   in into is it its just like more most my no not of on one or our out over she so some such than that the their them then there
   these they this to too up very was we were what when which who will with would you your`.split(/\s+/),
);

/** Measures a text; word and sentence borders are those of Unicode Standard Annex 29. */
export function describeText(text: string, locale = 'en'): TextStatistics {
  const all = words(text, locale);
  const counts = new Map<string, number>();
  for (const word of all.map((one) => one.toLowerCase())) counts.set(word, (counts.get(word) ?? 0) + 1);
  const sentences = [...new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)].filter((part) =>
    /\p{L}|\p{N}/u.test(part.segment),
  );
  return {
    characters: [...text].length,
    words: all.length,
    sentences: sentences.length,
    uniqueWords: counts.size,
    longestWord: all.reduce((longest, word) => (word.length > longest.length ? word : longest), ''),
    readingSeconds: Math.round((all.length / 230) * 60),
    frequentWords: [...counts]
      .filter(([word]) => !common.has(word) && word.length > 1)
      .sort(([, left], [, right]) => right - left)
      .slice(0, 5)
      .map(([word, count]) => ({ word, count })),
  };
}
