/** Seconds for people: `0.4 s`, `12.3 s`, `4 m 05 s`, `2 h 03 m`. */
export function seconds(value: number): string {
  if (value < 59.95) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  const two = (part: number) => String(part).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${two(whole % 60)} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} m`;
  return `${Math.floor(whole / 86_400)} d ${two(Math.floor((whole % 86_400) / 3600))} h`;
}

/** Bytes for people, in powers of 1024 as Kubernetes writes them: `812 Ki`, `54 Mi`, `1.2 Gi`. */
export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  const units = ['Ki', 'Mi', 'Gi', 'Ti'];
  let amount = value / 1024;
  let unit = 0;
  while (amount >= 1023.95 && unit < units.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${amount >= 10 || Number.isInteger(amount) ? Math.round(amount) : amount.toFixed(1)} ${units[unit]}`;
}

/** Percent of one core. */
export const percent = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)}%`;

/** `1 service`, `2 services`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
