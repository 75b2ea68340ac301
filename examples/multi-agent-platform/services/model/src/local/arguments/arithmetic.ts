const numberWords: Record<string, number> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
  dozen: 12,
};

const phrases: [RegExp, string][] = [
  [/(\d),(?=\d{3}(?:\D|$))/g, '$1'],
  [/\b(?:per ?cent)\b/g, '%'],
  [/(-?[\d.]+\s*%)\s*off\s*(?:of\s*)?(-?[\d.]+)/g, '($2 - $1)'],
  [/\b(?:half)\b(?: of)?/g, '0.5 *'],
  [/\b(?:double|twice)\b/g, '2 *'],
  [/\b(?:to the power of|raised to)\b/g, '^'],
  [/\bsquared\b/g, '^2'],
  [/\bcubed\b/g, '^3'],
  [/\bcube root of (-?[\d.]+)/g, 'cbrt($1)'],
  [/\bsquare root of (-?[\d.]+)/g, 'sqrt($1)'],
  [/\b(?:divided by|over)\b/g, '/'],
  [/\b(?:multiplied by|times)\b/g, '*'],
  [/\bplus\b/g, '+'],
  [/\bminus\b/g, '-'],
  [/[×·]/g, '*'],
  [/÷/g, '/'],
  [/−/g, '-'],
  [/(\d)\s*x\s*(?=\d)/g, '$1 * '],
];

const listed =
  /(average|mean|sum|total|maximum|minimum|largest|smallest)\s*(?:of|:)?\s*((?:-?[\d.]+)(?:\s*(?:,|and|,\s*and)\s*-?[\d.]+)+)/;
const listFunctions: Record<string, string> = {
  average: 'mean',
  mean: 'mean',
  sum: 'sum',
  total: 'sum',
  maximum: 'max',
  largest: 'max',
  minimum: 'min',
  smallest: 'min',
};

const orders: [RegExp, string][] = [
  [/\badd (-?[\d.]+) (?:and|to) (-?[\d.]+)/, '$1 + $2'],
  [/\b(?:subtract|take) (-?[\d.]+) (?:away )?from (-?[\d.]+)/, '$2 - $1'],
  [/\bmultiply (-?[\d.]+) (?:by|and|with) (-?[\d.]+)/, '$1 * $2'],
  [/\bdivide (-?[\d.]+) by (-?[\d.]+)/, '$1 / $2'],
];

const token =
  /[\d.]+(?:e[+-]?\d+)?|\b(?:sqrt|cbrt|abs|ln|log|exp|sin|cos|tan|round|floor|ceil|min|max|sum|mean|pi)\b|\bof\b|[-+*/^%(),!]/g;

/**
 * Reads the arithmetic out of a question: "what is 17 percent of 2,350" gives "17 % of 2350".
 * @returns undefined when there is nothing to calculate in it
 */
export function arithmeticIn(question: string): string | undefined {
  let text = question.toLowerCase().replace(/\b\d{4}-\d{2}-\d{2}\b/g, ' ');
  for (const [pattern, replacement] of phrases.slice(0, 1)) text = text.replace(pattern, replacement);
  text = text.replace(/\b[a-z]+\b/g, (word) => (Object.hasOwn(numberWords, word) ? String(numberWords[word]) : word));
  for (const [pattern, replacement] of phrases) text = text.replace(pattern, replacement);
  for (const [pattern, replacement] of orders) text = text.replace(pattern, replacement);
  const list = listed.exec(text);
  if (list)
    return `${listFunctions[list[1] ?? ''] ?? 'sum'}(${(list[2] ?? '').replace(/\s*(?:,\s*and|,|and)\s*/g, ', ')})`;

  const parts = text.replace(/[?.!]+\s*$/, '').match(token) ?? [];
  // "of" and "," mean something only between values; a sentence is full of them elsewhere.
  const kept = parts.filter((part, index) => {
    if (part === 'of') return /^[%)\d]/.test(parts[index - 1] ?? '') && /^[\d(.]/.test(parts[index + 1] ?? '');
    if (part === ',') return parts.slice(0, index).includes('(');
    return part !== '.';
  });
  while (/^[-+*/^,%!]$/.test(kept.at(-1) ?? '') && kept.at(-1) !== '%' && kept.at(-1) !== '!') kept.pop();
  while (/^[*/^,%!]$/.test(kept[0] ?? '')) kept.shift();
  const expression = kept
    .join(' ')
    .replace(/([a-z]) \(/g, '$1(')
    .replace(/\( /g, '(')
    .replace(/ ([),!])/g, '$1')
    .replace(/ %(?! \d| \()/g, '%');
  const numbers = kept.filter((part) => /^\d|^pi$/.test(part)).length;
  const operators = kept.filter((part) => /^(?:[-+*/^%!]|of|[a-z]{2,})$/.test(part) && part !== 'pi').length;
  return numbers > 0 && operators > 0 && numbers + operators > 1 ? expression : undefined;
}
