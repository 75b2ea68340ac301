import { wrongValue } from '../diagnostics/catalogue/command.ts';
import { Failure } from '../diagnostics/diagnostic.ts';
import { readDuration } from '../model/values/duration.ts';
import { isInvalid } from '../model/values/invalid.ts';

/** A duration as the model writes it, or a number of seconds: `1h30m`, `90` -> seconds. @throws Failure */
export function duration(typed: string, option: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(typed) ? Number(typed) : readDuration(typed);
  if (!isInvalid(seconds)) return seconds;
  throw new Failure([wrongValue(option, typed, 'a number with s, m, h or d, such as 30s or 1h30m')]);
}

/** A whole number of at least one. @throws Failure */
export function count(typed: string, option: string): number {
  if (/^[1-9]\d{0,8}$/.test(typed)) return Number(typed);
  throw new Failure([wrongValue(option, typed, 'a whole number of at least 1')]);
}
