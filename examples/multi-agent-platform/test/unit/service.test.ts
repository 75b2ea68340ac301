import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import type { FastifyRequest } from 'fastify';
import { EnvironmentError, readEnvironment } from '../../packages/service/src/environment.ts';
import { formatTraceparent, parseTraceparent, taskOfTraceId, traceIdOfTask } from '../../packages/service/src/trace.ts';
import { programFor } from '../../services/agent/src/programs.ts';
import { createSessions } from '../../services/gateway/src/sessions.ts';
import { embedLocally } from '../../services/vector/src/embedding.ts';

test('every fault of an environment is told at once, and no value of it', () => {
  const secret = 'too-short-a-secret';
  assert.throws(
    () =>
      readEnvironment(
        { A: { required: true }, B: { required: true }, JWT_SECRET: { required: true, minLength: 32 } },
        { JWT_SECRET: secret },
      ),
    (error) => {
      assert.ok(error instanceof EnvironmentError);
      assert.equal(error.faults.length, 3);
      assert.ok(!error.message.includes(secret));
      assert.match(error.message, /JWT_SECRET has 18 characters; at least 32 are needed/);
      return true;
    },
  );
});

test('an empty variable is as good as none', () => {
  assert.deepEqual(readEnvironment({ KEY: {}, LEVEL: { default: 'info' } }, { KEY: '', LEVEL: '' }), {
    KEY: undefined,
    LEVEL: 'info',
  });
});

test('a trace context survives its header, and a bad header is none', () => {
  const context = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
  assert.deepEqual(parseTraceparent(formatTraceparent(context)), context);
  for (const bad of [
    undefined,
    '',
    '00-xyz',
    `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`,
    `00-${'a'.repeat(31)}-${'b'.repeat(16)}-01`,
  ]) {
    assert.equal(parseTraceparent(bad), undefined);
  }
  const task = '0f6b5c1e-9a4d-4c0a-8a44-2b1c5d6e7f80';
  assert.equal(taskOfTraceId(traceIdOfTask(task)), task);
});

test('a session token is read back, and a forged or foreign one is not', async () => {
  const request = (authorization?: string) => ({ headers: { authorization } }) as FastifyRequest;
  const sessions = createSessions('one secret of more than thirty-two characters');
  const other = createSessions('another secret of more than thirty-two letters');
  const { token } = await sessions.issue();
  assert.match(await sessions.of(request(`Bearer ${token}`)), /^[0-9a-f-]{36}$/);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`;
  for (const bad of [
    undefined,
    'Bearer ',
    `Bearer ${token}x`,
    `Bearer ${unsigned}`,
    `Bearer ${(await other.issue()).token}`,
  ]) {
    await assert.rejects(sessions.of(request(bad)), { statusCode: 401 });
  }
});

test('texts that are alike have embeddings that are near, others far', () => {
  const product = (left: string, right: string) => {
    const other = embedLocally(right);
    return embedLocally(left).reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
  };
  assert.ok(Math.abs(product('the server room', 'the server room') - 1) < 1e-9);
  assert.ok(product('what do you know about the server room', 'the server room is on the third floor') > 0.3);
  assert.ok(Math.abs(product('bread is flour and water', 'quarterly revenue forecast')) < 0.2);
});

const check = (action: Parameters<typeof programFor>[0], output: unknown, back?: unknown) => {
  const { source, inputs } = programFor(action, output, back);
  return vm.runInNewContext(source, { inputs: JSON.parse(JSON.stringify(inputs)) }) as {
    passed: boolean;
    detail: string;
  };
};
const reason = '';

test('a check confirms what is right and finds what is wrong', () => {
  const calculation = (expression: string) =>
    ({ kind: 'tool', tool: 'calculator', arguments: { expression }, reason }) as const;
  for (const [expression, value] of [
    ['17% of 2350', 399.5],
    ['2 ^ 3 ^ 2', 512],
    ['(59.90 - 20%)', 47.92],
    ['mean(4, 8, 15)', 9],
    ['sqrt(2) * ln(10) + log(100)', 5.256318],
  ] as const) {
    assert.equal(
      check(calculation(expression), { value: expression.startsWith('sqrt') ? Math.SQRT2 * Math.LN10 + 2 : value })
        .passed,
      true,
      expression,
    );
    assert.equal(check(calculation(expression), { value: value + 0.5 }).passed, false, expression);
  }
  const difference = { kind: 'tool', tool: 'date_difference', arguments: {}, reason } as const;
  assert.equal(check(difference, { from: '2028-02-01', to: '2028-03-01', days: 29 }).passed, true);
  assert.equal(check(difference, { from: '2027-03-01', to: '2027-02-01', days: -28 }).passed, true);
  assert.equal(check(difference, { from: '2028-02-01', to: '2028-03-01', days: 28 }).passed, false);
  const addition = { kind: 'tool', tool: 'date_addition', arguments: {}, reason } as const;
  const friday = { from: '2026-11-21', amount: 90, unit: 'days', date: '2027-02-19', weekday: 'Friday' };
  assert.equal(check(addition, friday).passed, true);
  assert.equal(check(addition, { ...friday, weekday: 'Monday' }).passed, false);
  const conversion = { kind: 'tool', tool: 'unit_conversion', arguments: {}, reason } as const;
  assert.equal(
    check(conversion, { value: 3, from: 'kg', to: 'pounds', result: 6.61386786555 }, { result: 3 }).passed,
    true,
  );
  assert.equal(check(conversion, { value: 3, from: 'kg', to: 'pounds', result: 7 }, { result: 3.17 }).passed, false);
});
