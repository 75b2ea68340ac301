import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDuration } from '../../src/model/values/duration.ts';
import { readHostPort } from '../../src/model/values/host-port.ts';
import { readImageReference } from '../../src/model/values/image-reference.ts';
import { isInvalid } from '../../src/model/values/invalid.ts';
import { readBytes, readCpu, readQuantity } from '../../src/model/values/quantity.ts';
import { readRange } from '../../src/model/values/range.ts';
import { readRate } from '../../src/model/values/rate.ts';

describe('quantities, by the grammar of Kubernetes', () => {
  test.each([
    ['0', 0],
    ['1', 1],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['+2', 2],
    ['250m', 0.25],
    ['100u', 0.0001],
    ['1k', 1000],
    ['1M', 1e6],
    ['1G', 1e9],
    ['1Ki', 1024],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['2Ti', 2 ** 41],
    ['1e3', 1000],
    ['12E2', 1200],
    ['5e-1', 0.5],
    ['1E', 1e18],
  ])('%s is %d', (text, value) => expect(readQuantity(text)).toBe(value));

  test.each(['', ' ', '1 Gi', '1KB', '1ki', '1K', 'Gi', '1e', '--1', '-1', '1..2', '1e999', '0x10', '１'])(
    '"%s" is none',
    (text) => expect(isInvalid(readQuantity(text))).toBe(true),
  );

  test('CPU is counted in thousandths, rounded up, without the noise of binary fractions', () => {
    expect(['0.1', '100m', '1', '1500m', '0.0001', '2.3'].map(readCpu)).toEqual([100, 100, 1000, 1500, 1, 2300]);
  });

  test('memory is counted in bytes, and a thousandth of a byte is a slip', () => {
    expect(['128Mi', '1G', '0.5Ki', '1.1k'].map(readBytes)).toEqual([134_217_728, 1e9, 512, 1100]);
    expect(readBytes('256m')).toEqual({
      invalid: '"256m" means thousandths of a byte',
      cure: 'write 256Mi for mebibytes',
    });
  });

  test.each([
    ['10 GB', 'write 10Gi'],
    ['512mb', 'write 512Mi'],
    ['4gi', 'write 4Gi'],
    ['much', 'write a number with a unit, for example 500m, 256Mi or 10Gi'],
  ])('"%s" is answered by "%s"', (text, cure) => expect(readQuantity(text)).toMatchObject({ cure }));

  test('what is larger has the larger text, whatever the unit', () => {
    const units = ['m', '', 'k', 'Ki', 'M', 'Mi', 'G', 'Gi'];
    fc.assert(
      fc.property(fc.nat(10_000), fc.constantFrom(...units), (count, unit) => {
        const value = readQuantity(`${count}${unit}`);
        const next = readQuantity(`${count + 1}${unit}`);
        expect(typeof value === 'number' && typeof next === 'number' && next > value).toBe(true);
      }),
    );
  });
});

test('ranges are a request and a limit', () => {
  expect(readRange('200m..500m', readCpu)).toEqual({ request: 200, limit: 500 });
  expect(readRange('1', readCpu)).toEqual({ request: 1000 });
  expect(readRange(' 1 .. 2 ', readCpu)).toEqual({ request: 1000, limit: 2000 });
  expect(readRange('2..1', readCpu)).toMatchObject({ invalid: 'the limit 1 is below the request 2' });
  expect(readRange('1..2..3', readCpu)).toMatchObject({ invalid: '"1..2..3" has more than one ".."' });
  expect(isInvalid(readRange('..1', readCpu))).toBe(true);
  expect(isInvalid(readRange('1..', readCpu))).toBe(true);
});

test('durations are seconds', () => {
  const seconds = ['500ms', '30s', '5m', '1h30m', '14d', '2w', '1d12h', '1.5h', '0s'].map(readDuration);
  expect(seconds).toEqual([0.5, 30, 300, 5400, 1_209_600, 1_209_600, 129_600, 5400, 0]);
  for (const text of ['', '30', 's', '1m1h', '1s1s', '-1s', '1 s', '1y', '1h 30m']) {
    expect(isInvalid(readDuration(text)), text).toBe(true);
  }
});

test('rates, hosts with ports, and images', () => {
  expect(readRate('20/s')).toEqual({ count: 20, per: 's' });
  for (const text of ['0/s', '20', '20/d', '-1/s', '20 /s']) expect(isInvalid(readRate(text)), text).toBe(true);

  expect(readHostPort('api.example.com')).toEqual({ host: 'api.example.com', port: 443 });
  expect(readHostPort('*.example.com:8443')).toEqual({ host: '*.example.com', port: 8443 });
  expect(readHostPort('[::1]:25')).toEqual({ host: '[::1]', port: 25 });
  expect(readHostPort('https://a.b/c')).toMatchObject({ cure: 'write a.b, without scheme and path' });
  for (const text of ['', 'a b', 'a:0', 'a:70000', '-a.b', 'a..b', 'a:b']) {
    expect(isInvalid(readHostPort(text)), text).toBe(true);
  }

  const digest = `sha256:${'a'.repeat(64)}`;
  expect(readImageReference('gateway')).toEqual({ repository: 'gateway' });
  expect(readImageReference(`localhost:5000/a/b:1.2@${digest}`)).toEqual({
    repository: 'localhost:5000/a/b',
    tag: '1.2',
    digest,
  });
  for (const text of ['', 'A', 'a:', 'a@sha256:1', 'a b', '/a', 'a//b', 'x'.repeat(600)]) {
    expect(isInvalid(readImageReference(text)), text).toBe(true);
  }
});
