const buckets = 4096;

/** Words and signs of a text, in lower case; numbers, dates and operators are replaced by what they are. */
export function tokensOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/\b\d{4}-\d{2}-\d{2}\b/g, ' <date> ')
      .replace(/\d[\d,.]*/g, ' <number> ')
      .match(/<\w+>|[\p{L}']+|[-+*/^%=(){}[\]>;`]/gu) ?? []
  );
}

/**
 * The features of a text for the classifier: words, neighbouring words and parts of words, each
 * hashed to one of 4,096 places (the hashing trick), so that no vocabulary has to be kept.
 */
export function featuresOf(text: string): number[] {
  const tokens = tokensOf(text).slice(0, 60);
  const features = new Set<number>([0]);
  tokens.forEach((token, index) => {
    features.add(place(`w ${token}`));
    features.add(place(`p ${tokens[index - 1] ?? '^'} ${token}`));
    if (index < 2) features.add(place(`s${index} ${token}`));
    if (/^\p{L}{5,}/u.test(token)) features.add(place(`b ${token.slice(0, 4)}`));
  });
  return [...features];
}

/** How many places there are. */
export const featureCount = buckets;

function place(feature: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < feature.length; index++) hash = Math.imul(hash ^ feature.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return 1 + (((hash ^ (hash >>> 12)) >>> 0) % (buckets - 1));
}
