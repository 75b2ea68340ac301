import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExpressionError, evaluate } from '../../services/tool/src/tools/expression.ts';

const values: [string, number][] = [
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['2 ^ 3 ^ 2', 512],
  ['-2 ^ 2', -4],
  ['17% of 2350', 399.5],
  ['100 + 10%', 110],
  ['(59.90 - 20%)', 47.92],
  ['50%', 0.5],
  ['17 % 5', 2],
  ['sqrt(144) + max(3, 9, 4)', 21],
  ['mean(4, 8, 15)', 9],
  ['5! / 3!', 20],
  ['round(pi * 100)', 314],
  ['1.5e3 / 3', 500],
];

for (const [expression, value] of values) {
  test(`${expression} is ${value}`, () => {
    assert.ok(Math.abs(evaluate(expression) - value) < 1e-9, `got ${evaluate(expression)}`);
  });
}

const faults: [string, RegExp][] = [
  ['', /a value is missing at character 1/],
  ['1 +', /a value is missing at character 4/],
  ['1 / 0', /division by zero at character 3/],
  ['2 $ 3', /"\$" is not part of an expression at character 3/],
  ['constructor(1)', /"constructor" is not a function/],
  ['(1 + 2', /"\)" was expected at character 7/],
  ['171!', /a factorial needs a whole number/],
  ['10 ^ 1000', /no finite value/],
  ['('.repeat(500), /nested too deeply/],
  [`${'-'.repeat(500)}1`, /nested too deeply/],
];

for (const [expression, message] of faults) {
  test(`${expression.slice(0, 20) || 'an empty expression'} is refused`, () => {
    assert.throws(
      () => evaluate(expression),
      (error) => error instanceof ExpressionError && message.test(error.message),
    );
  });
}
