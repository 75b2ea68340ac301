import { wrongValue } from '../diagnostics/catalogue/command.ts';
import { Failure } from '../diagnostics/diagnostic.ts';

const units = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `90`, `90s`, `10m`, `1h30m` -> seconds. @throws Failure */
export function duration(typed: string): number {
  if (/^\d+(\.\d+)?$/.test(typed)) return Number(typed);
  const parts = [...typed.matchAll(/(\d+(?:\.\d+)?)([smhd])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== typed) {
    throw new Failure([wrongValue('a duration', typed, 'a number with s, m, h or d, such as 30s or 1h30m')]);
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit as keyof typeof units], 0);
}

/** A whole number of at least one. @throws Failure */
export function count(typed: string): number {
  if (!/^[1-9]\d{0,8}$/.test(typed))
    throw new Failure([wrongValue('a number of lines', typed, 'a whole number of at least 1')]);
  return Number(typed);
}
