import type { Invalid } from './invalid.ts';

/** Grammar of Kubernetes quantities: a signed decimal with a binary suffix, a decimal suffix, or an exponent. */
const quantity = /^([+-]?)(\d+\.?\d*|\.\d+)(?:(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])|[eE]([+-]?\d{1,3}))?$/;

const scales: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Reads a Kubernetes quantity as a plain number: `250m` is 0.25, `1Gi` is 1073741824. Never negative. */
export function readQuantity(text: string): number | Invalid {
  const match = quantity.exec(text);
  if (!match) return { invalid: `"${text}" is not a quantity`, cure: nearestQuantity(text) };
  const [, sign, digits = '', suffix, exponent] = match;
  if (sign === '-') return { invalid: `"${text}" is below zero`, cure: 'write a quantity above zero' };
  const value = Number(digits) * (suffix ? (scales[suffix] ?? 1) : 10 ** Number(exponent ?? 0));
  if (!Number.isFinite(value) || value > 2 ** 63) {
    return { invalid: `"${text}" is larger than Kubernetes can hold`, cure: 'write a smaller quantity' };
  }
  return Number.isInteger(value) ? value : round(value);
}

/** CPU in millicores, rounded up as Kubernetes does: `0.5`, `500m` and the number 0.5 are 500. */
export function readCpu(text: string): number | Invalid {
  const cores = readQuantity(text);
  return typeof cores === 'number' ? Math.ceil(round(cores * 1000)) : cores;
}

/** Memory or storage in bytes, rounded up to whole bytes. */
export function readBytes(text: string): number | Invalid {
  const bytes = readQuantity(text);
  if (typeof bytes === 'number' && text.endsWith('m')) {
    return { invalid: `"${text}" means thousandths of a byte`, cure: `write ${text.slice(0, -1)}Mi for mebibytes` };
  }
  return typeof bytes === 'number' ? Math.ceil(round(bytes)) : bytes;
}

/** Takes away what binary floating point added: 0.1 * 3000 is 300. */
const round = (value: number): number => Number(value.toPrecision(15));

function nearestQuantity(text: string): string {
  const sized = /^(\d+(?:\.\d+)?)\s*([kKmMgGtT])(?:i?[bB]|i)?$/.exec(text.trim());
  if (!sized) return 'write a number with a unit, for example 500m, 256Mi or 10Gi';
  return `write ${sized[1]}${(sized[2] ?? '').toUpperCase()}i`;
}
