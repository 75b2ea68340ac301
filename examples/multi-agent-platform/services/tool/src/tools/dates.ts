/** Units that dates are counted in. */
export type DateUnit = 'days' | 'weeks' | 'months' | 'years';

const dayMs = 86_400_000;

/** Reads `YYYY-MM-DD` (RFC 3339 full-date) or `today`, as midnight UTC. @throws RangeError when there is no such day */
export function readDate(text: string, now: Date = new Date()): Date {
  if (text.trim().toLowerCase() === 'today') {
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  }
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  const [year, month, day] = (match?.slice(1) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) {
    throw new RangeError(`"${text}" is not a date: write it as 2027-01-31, or "today"`);
  }
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) throw new RangeError(`there is no ${text}`);
  return date;
}

/** Writes a date as `YYYY-MM-DD`. */
export const writeDate = (date: Date): string => date.toISOString().slice(0, 10);

/** Whole days from one date to another; negative when the second is earlier. */
export const daysBetween = (from: Date, to: Date): number => Math.round((to.getTime() - from.getTime()) / dayMs);

/** Adds to a date. A month's last day stays a last day: 31 January and one month is 28 or 29 February. */
export function addToDate(date: Date, amount: number, unit: DateUnit): Date {
  if (unit === 'days') return new Date(date.getTime() + amount * dayMs);
  if (unit === 'weeks') return new Date(date.getTime() + amount * 7 * dayMs);
  const months = unit === 'years' ? amount * 12 : amount;
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date.getUTCDate(), lastDay)));
}

/** The English name of a date's weekday. */
export const weekdayOf = (date: Date): string => date.toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' });
