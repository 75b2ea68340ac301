import type { Action } from '@platform/service/contracts.ts';

type DateCall = Extract<Action, { kind: 'tool' }>;

const months = 'january february march april may june july august september october november december'.split(' ');
const monthPattern = `(${months.map((month) => `${month}|${month.slice(0, 3)}`).join('|')})\\.?`;
const written = [
  new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${monthPattern},? (\\d{4})\\b`, 'i'),
  new RegExp(`\\b${monthPattern} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'i'),
];

/** Rewrites every way in which the question writes a date as `YYYY-MM-DD`, or `today`. */
function normalise(question: string, now: Date): string {
  let text = question.toLowerCase();
  const iso = (year: string, month: string, day: string) =>
    `${year}-${String(months.findIndex((name) => name.startsWith(month.slice(0, 3))) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  for (const pattern of written) {
    text = text.replace(new RegExp(pattern, 'gi'), (_match, first: string, second: string, year: string) =>
      /^\d/.test(first) ? iso(year, second, first) : iso(year, first, second),
    );
  }
  const next = (month: number, day: number) => {
    const year = now.getUTCFullYear();
    const passed = now.getUTCMonth() + 1 > month || (now.getUTCMonth() + 1 === month && now.getUTCDate() > day);
    return `${passed ? year + 1 : year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  };
  return text
    .replace(/\bchristmas(?: day)?\b/g, next(12, 25))
    .replace(/\bnew year(?:'s|s)?(?: eve)?(?: day)?\b/g, (match) => (match.includes('eve') ? next(12, 31) : next(1, 1)))
    .replace(/\b(?:today'?s?|now)\b/g, 'today');
}

const plural = (unit: string) => (unit.endsWith('s') ? unit : `${unit}s`);

/**
 * Reads which dates a question is about.
 * @param now what "today" and "christmas" are counted from
 * @returns the tool to use and its arguments; undefined when there is no date in the question
 */
export function dateCallIn(question: string, now: Date): DateCall | undefined {
  const text = normalise(question, now);
  const dates = text.match(/\b\d{4}-\d{2}-\d{2}\b|\btoday\b/g) ?? [];
  const call = (tool: string, given: Record<string, unknown>, reason: string): DateCall => ({
    kind: 'tool',
    tool,
    arguments: given,
    reason,
  });

  const shift =
    /(?:\b(in)\s+|\badd\s+)?\b(\d+|an?|one|two|three)\s+(day|week|month|year)s?\b\s*(after|from|before|ago|to)?\s*(\d{4}-\d{2}-\d{2}|today)?/.exec(
      text,
    );
  if (shift && !/\bhow (?:many|long|much)\b/.test(text)) {
    const [, inward, amountText = '', unit = '', direction, base] = shift;
    if (direction === 'ago' || inward || direction || text.includes('add')) {
      const words: Record<string, number> = { a: 1, an: 1, one: 1, two: 2, three: 3 };
      const amount = words[amountText] ?? Number(amountText);
      const sign = direction === 'before' || direction === 'ago' ? -1 : 1;
      const given = { date: base ?? dates[0] ?? 'today', amount: sign * amount, unit: plural(unit) };
      return call(
        'date_addition',
        given,
        `the task asks for a date ${amount} ${plural(unit)} ${sign < 0 ? 'earlier' : 'later'}`,
      );
    }
  }
  const [first, second] = dates;
  if (first && second)
    return call('date_difference', { from: first, to: second }, 'the task asks for the time between two dates');
  if (/\b(?:day of the week|weekday|which day|what day)\b/.test(text)) {
    return call(
      'date_addition',
      { date: first ?? 'today', amount: 0, unit: 'days' },
      "the task asks for a date's weekday",
    );
  }
  if (first && first !== 'today') {
    if (/\b(?:since|ago)\b/.test(text))
      return call('date_difference', { from: first, to: 'today' }, 'the task asks how long ago a date was');
    return call('date_difference', { from: 'today', to: first }, 'the task asks how far away a date is');
  }
  if (first)
    return call('date_addition', { date: 'today', amount: 0, unit: 'days' }, 'the task asks for the date of today');
  return undefined;
}
