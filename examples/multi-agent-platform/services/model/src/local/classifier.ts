import { featureCount, featuresOf } from './features.ts';
import { seededRandom } from './random.ts';

/** Says how likely each label is for a text; the likeliest comes first. */
export type Classifier<Label extends string> = (text: string) => { label: Label; probability: number }[];

/** Settings of the training. */
const epochs = 25;
const rate = 0.25;
const decay = 1e-4;

/**
 * Trains multinomial logistic regression by stochastic gradient descent. The order of the examples
 * comes from a fixed seed, so that every start gives the same model.
 */
export function trainClassifier<Label extends string>(examples: Record<Label, readonly string[]>): Classifier<Label> {
  const labels = Object.keys(examples) as Label[];
  const weights = labels.map(() => new Float64Array(featureCount));
  const samples = labels.flatMap((label, answer) =>
    examples[label].map((text) => ({ answer, features: featuresOf(text) })),
  );
  const random = seededRandom(20_260_704);

  const probabilities = (features: number[]): number[] => {
    const scores = weights.map((weight) => {
      let score = 0;
      for (const feature of features) score += weight[feature] ?? 0;
      return score;
    });
    const highest = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - highest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  };

  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let last = samples.length - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      [samples[last], samples[other]] = [samples[other] as (typeof samples)[0], samples[last] as (typeof samples)[0]];
    }
    for (const { answer, features } of samples) {
      probabilities(features).forEach((probability, index) => {
        const weight = weights[index] as Float64Array;
        const gradient = probability - (index === answer ? 1 : 0);
        for (const feature of features) {
          const value = weight[feature] ?? 0;
          weight[feature] = value - rate * (gradient + decay * value);
        }
      });
    }
  }

  return (text) =>
    probabilities(featuresOf(text))
      .map((probability, index) => ({ label: labels[index] as Label, probability }))
      .sort((left, right) => right.probability - left.probability);
}
