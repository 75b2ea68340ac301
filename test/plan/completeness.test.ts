import { expect, test } from 'vitest';
import { everythingHandled } from '../../src/plan/planning/context.ts';

/** Checked by the compiler, which also reads the tests: were the errors not there, `@ts-expect-error` would be one. */
test('a key of the model that no planner takes does not compile', () => {
  const known = { name: 'gateway', port: 3000 };
  const { name, port, ...nothing } = known;
  everythingHandled(nothing);

  const grown: { name: string; port: number; novel?: string } = known;
  const { name: _name, port: _port, ...left } = grown;
  // @ts-expect-error: the key `novel` is left over
  everythingHandled(left);
  expect([name, port]).toEqual(['gateway', 3000]);
});
