import { seededRandom, seedOf } from './random.ts';

/** A word-level trigram model. */
export interface LanguageModel {
  /** Distinct words, and distinct sequences of three. */
  words: number;
  trigrams: number;
  /** Writes sentences that lean towards the words of the prompt; the same prompt gives the same text. */
  generate(prompt: string, sentences: number): string;
}

const start = '<s>';
const end = '</s>';
const longest = 28;
// Two words in common are enough to cross from one sentence into another, but not at every word.
const backoff = 0.04;

const tokenize = (sentence: string): string[] => sentence.match(/[\p{L}\p{N}'’-]+|[.,;!?]/gu) ?? [];

// A stem is good enough here to see that "ships" and "ship" are one thing.
const stem = (word: string): string =>
  word.length > 3 ? word.toLowerCase().replace(/(?:ing|ed|es|s)$/u, '') : word.toLowerCase();

const empty = new Set(
  'a an the of to in on or and is are was be that this it what who how why about tell me write say some few text can do'.split(
    ' ',
  ),
);

// A sentence that shares a word with the prompt counts this much more than one that does not.
const near = 12;
const far = 0.1;

/**
 * Counts the trigrams of the sentences. What follows two words is weighed with a small share of what
 * follows the second of them alone (interpolation; Jelinek and Mercer, 1980), without which so small a
 * model could only repeat what it has read. Each count remembers its sentence, so that a prompt can
 * weigh the sentences anew.
 */
export function trainLanguageModel(sentences: readonly string[]): LanguageModel {
  const followers = new Map<string, { word: string; sentence: number }[]>();
  const subjects = new Map<string, Set<number>>();
  const vocabulary = new Set<string>();
  const trigrams = new Set<string>();

  const count = (context: string, word: string, sentence: number) => {
    const known = followers.get(context);
    if (known) known.push({ word, sentence });
    else followers.set(context, [{ word, sentence }]);
  };
  sentences.forEach((text, sentence) => {
    const words = [start, start, ...tokenize(text), end];
    for (let at = 2; at < words.length; at++) {
      const [first = '', second = '', word = ''] = words.slice(at - 2, at + 1);
      count(`${first} ${second}`, word, sentence);
      count(second, word, sentence);
      trigrams.add(`${first} ${second} ${word}`);
      vocabulary.add(word);
      const key = stem(word);
      subjects.set(key, (subjects.get(key) ?? new Set()).add(sentence));
    }
  });

  const generate = (prompt: string, wanted: number): string => {
    const random = seededRandom(seedOf(prompt));
    // Whoever says "you" asks about the one who answers, which is "I" in its own sentences.
    const asked = tokenize(prompt.toLowerCase().replace(/\b(?:you|your|yourself)\b/g, 'i')).filter(
      (word) => !empty.has(word),
    );
    const about = new Set(asked.flatMap((word) => [...(subjects.get(stem(word)) ?? [])]));
    const weightOf = (sentence: number) => (about.size === 0 ? 1 : about.has(sentence) ? near : far);

    const pick = (first: string, second: string): string => {
      const weights = new Map<string, number>();
      for (const [context, share] of [
        [`${first} ${second}`, 1],
        [second, backoff],
      ] as const) {
        for (const { word, sentence } of followers.get(context) ?? []) {
          weights.set(word, (weights.get(word) ?? 0) + share * weightOf(sentence));
        }
      }
      let rest = random() * [...weights.values()].reduce((sum, weight) => sum + weight, 0);
      for (const [word, weight] of weights) {
        rest -= weight;
        if (rest <= 0) return word;
      }
      return end;
    };

    const written = new Set<string>();
    for (let attempt = 0; attempt < wanted * 6 && written.size < wanted; attempt++) {
      const words: string[] = [];
      let [first, second] = [start, start];
      while (words.length < longest) {
        const word = pick(first, second);
        if (word === end) break;
        words.push(word);
        [first, second] = [second, word];
      }
      const sentence = words.join(' ').replace(/ ([.,;!?])/g, '$1');
      if (words.length >= 5 && /[.!?]$/.test(sentence)) written.add(sentence);
    }
    return [...written].join(' ');
  };

  return { words: vocabulary.size, trigrams: trigrams.size, generate };
}
