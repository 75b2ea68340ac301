import type { Invalid } from './invalid.ts';

/** So many requests in a second, a minute or an hour. */
export interface Rate {
  count: number;
  per: 's' | 'm' | 'h';
}

/** Reads `20/s`, `600/m`, `1000/h`. */
export function readRate(text: string): Rate | Invalid {
  const match = /^([1-9]\d{0,8})\/(s|m|h)$/.exec(text);
  if (!match) return { invalid: `"${text}" is not a rate`, cure: 'write a number, / and s, m or h, for example 20/s' };
  return { count: Number(match[1]), per: match[2] as Rate['per'] };
}
