import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { withProcessor } from '../../src/host/slots.ts';

test('never more at once than processors, in the order of asking, and a failure frees its place', async () => {
  const order: number[] = [];
  let running = 0;
  let most = 0;
  const work = (index: number) => async () => {
    order.push(index);
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (index % 2) throw new Error('odd');
  };
  const all = Array.from({ length: availableParallelism() * 5 }, (_, index) => index);
  const results = await Promise.allSettled(all.map((index) => withProcessor(work(index))));
  expect(order).toEqual(all);
  expect(most).toBe(availableParallelism());
  expect(results.map(({ status }) => status)).toEqual(all.map((index) => (index % 2 ? 'rejected' : 'fulfilled')));
});

test('who gives up while waiting is not served and holds no place', async () => {
  let finish: (() => void)[] = [];
  const busy = Array.from({ length: availableParallelism() }, () =>
    withProcessor(() => new Promise<void>((resolve) => finish.push(resolve))),
  );
  const stop = new AbortController();
  const waiting = withProcessor(async () => 'served', stop.signal);
  const next = withProcessor(async () => 'next');
  stop.abort(new Error('given up'));
  await expect(waiting).rejects.toThrow('given up');
  await expect(withProcessor(async () => 'served', stop.signal)).rejects.toThrow('given up');
  for (const end of finish) end();
  finish = [];
  await Promise.all(busy);
  expect(await next).toBe('next');
});
