import type { Invalid } from './invalid.ts';

const units: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const parts = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/y;

/** Reads a duration as seconds: `500ms`, `30s`, `14d`, `1h30m`. Each unit once, the largest first. */
export function readDuration(text: string): number | Invalid {
  const wrong: Invalid = {
    invalid: `"${text}" is not a duration`,
    cure: 'write a number and ms, s, m, h, d or w, for example 30s, 14d or 1h30m',
  };
  let seconds = 0;
  let smallest = Number.POSITIVE_INFINITY;
  parts.lastIndex = 0;
  if (text === '') return wrong;
  while (parts.lastIndex < text.length) {
    const match = parts.exec(text);
    if (!match) return wrong;
    const unit = units[match[2] ?? ''] ?? 0;
    if (unit >= smallest) return wrong;
    smallest = unit;
    seconds += Number(match[1]) * unit;
  }
  return Number(seconds.toPrecision(12));
}
