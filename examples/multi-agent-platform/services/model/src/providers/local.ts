import { wordAnswer } from '../local/answer.ts';
import { trainClassifier } from '../local/classifier.ts';
import { corpus } from '../local/corpus.ts';
import { decide } from '../local/decide.ts';
import { examples } from '../local/examples.ts';
import { trainLanguageModel } from '../local/ngrams.ts';
import { summarise } from '../local/summary.ts';
import type { Provider } from '../provider.ts';

/** The local model, with figures of its training. */
export interface LocalProvider extends Provider {
  training: {
    examples: number;
    intents: number;
    sentences: number;
    words: number;
    trigrams: number;
    durationMs: number;
  };
}

/**
 * Trains the model that ships with this service: an intent classifier, a trigram generator and an
 * extractive summariser. It needs no key and no network, takes a few milliseconds to train, and is
 * not a large language model: it says so by its name wherever its words are shown.
 */
export function trainLocalProvider(): LocalProvider {
  const started = performance.now();
  const classify = trainClassifier(examples);
  const language = trainLanguageModel(corpus);
  return {
    identity: { provider: 'local', model: 'local-ngram-v1' },
    training: {
      examples: Object.values(examples).flat().length,
      intents: Object.keys(examples).length,
      sentences: corpus.length,
      words: language.words,
      trigrams: language.trigrams,
      durationMs: Math.round(performance.now() - started),
    },
    // One round is all it has: it does not learn from what its actions bring.
    decide: async ({ task, findings }) => ({
      actions: findings.length > 0 ? [] : decide(task, classify, new Date()),
      done: true,
    }),
    summarise: async (text, sentences) => summarise(text, sentences).map(({ sentence }) => sentence),
    converse: async (prompt, memories) => {
      const facts = memories.filter((memory) => memory.kind === 'fact').map((memory) => memory.text);
      const model =
        facts.length > 0
          ? trainLanguageModel([...corpus, ...facts.map((fact) => (/[.!?]$/.test(fact) ? fact : `${fact}.`))])
          : language;
      return model.generate(prompt, 3);
    },
    answer: async (_task, findings, memories) => wordAnswer(findings, memories),
  };
}
