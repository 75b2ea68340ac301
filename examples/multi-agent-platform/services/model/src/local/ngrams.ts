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

const tokenize = (sentence: string): string[] => sentence.match(/[\p{L}\p{N}'’-]+|[.,;!?]/gu) ?? [];

// A stem is good enough here to see that "ships" and "ship" are one thing.
const stem = (word: string): string => word.toLowerCase().replace(/(?:ing|ed|es|s)$/u, '');

const empty = new Set('a an the of to in on and or is are was be that this it what who how why about tell me write say some few text'.split(' '));

/**
 * Counts the trigrams of the sentences. Where three words were never seen together, the model falls
 * back to two, and then to one, each step at four tenths of the weight (Brants and others, "Large
 * Language Models in Machine Translation", 2007: stupid backoff).
 */
export function trainLanguageModel(sentences: readonly string[]): LanguageModel {
  const followers = new Map<string, Map<string, number>>();
  const subjects = new Map<string, Set<number>>();
  const vocabulary = new Set<string>();
  let trigrams = 0;

  const count = (context: string, word: string): boolean => {
    const known = followers.get(context) ?? new Map<string, number>();
    followers.set(context, known);
    known.set(word, (known.get(word) ?? 0) + 1);
    return known.get(word) === 1;
  };
  sentences.forEach((sentence, index) => {
    const words = [start, start, ...tokenize(sentence), end];
    for (let at = 2; at < words.length; at++) {
      const [first = '', second = '', word = ''] = words.slice(at - 2, at + 1);
      if (count(`${first} ${second}`, word)) trigrams++;
      count(second, word);
      vocabulary.add(word);
      const key = stem(word);
      subjects.set(key, (subjects.get(key) ?? new Set()).add(index));
    }
  });

  const generate = (prompt: string, wanted: number): string => {
    const random = seededRandom(seedOf(prompt));
    const asked = tokenize(prompt).map(stem).filter((word) => word.length > 1 && !empty.has(word));
    // Words of the sentences that share a word with the prompt are what the text should be about.
    const near = new Set(asked.flatMap((word) => [...(subjects.get(word) ?? [])]));
    const wished = new Set([...near].flatMap((index) => tokenize(sentences[index] ?? '').map(stem)));

    const pick = (first: string, second: string): string => {
      const weights = new Map<string, number>();
      for (const [context, share] of [[`${first} ${second}`, 1], [second, 0.4 * 0.25]] as const) {
        for (const [word, times] of followers.get(context) ?? []) {
          const key = stem(word);
          const lean = asked.includes(key) ? 12 : wished.has(key) ? 4 : 1;
          weights.set(word, (weights.get(word) ?? 0) + times * share * lean);
        }
      }
      const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
      let rest = random() * total;
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

  return { words: vocabulary.size, trigrams, generate };
}
