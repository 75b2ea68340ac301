import { expect, test } from 'vitest';
import { bytes, percent, seconds } from '../../src/cli/output/amounts.ts';

test.each([
  [0.04, '0.0 s'],
  [3.25, '3.3 s'],
  [59.94, '59.9 s'],
  [59.97, '1 m 00 s'],
  [245, '4 m 05 s'],
  [7380, '2 h 03 m'],
  [180_000, '2 d 02 h'],
])('%d seconds are %s', (value, text) => expect(seconds(value)).toBe(text));

test.each([
  [512, '512 B'],
  [1536, '1.5 Ki'],
  [1024 ** 2, '1 Mi'],
  [56.4 * 1024 ** 2, '56 Mi'],
  [1024 ** 3 - 1, '1.0 Gi'],
  [1.25 * 1024 ** 3, '1.3 Gi'],
])('%d bytes are %s', (value, text) => expect(bytes(value)).toBe(text));

test.each([
  [0.04, '0.0%'],
  [9.96, '10.0%'],
  [12.4, '12%'],
  [180, '180%'],
])('%d is %s', (value, text) => expect(percent(value)).toBe(text));
