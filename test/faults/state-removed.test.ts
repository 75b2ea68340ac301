import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nothingRemains, superviseOutside } from '../runtime/support/outside.ts';
import { simplePlan } from '../runtime/support/plan.ts';
import { temporaryFolder } from '../runtime/support/system.ts';

const sleeper = ['sh', '-c', 'exec sleep 1000'];

test('a system whose state folder is removed is stopped: nobody could find it any more', async () => {
  const root = await temporaryFolder();
  const outside = await superviseOutside(simplePlan({ sleeper: { run: sleeper } }), root);
  await outside.reaches('sleeper', 'ready');
  const { run } = outside.record();
  rmSync(join(root, '.gantry'), { recursive: true });
  expect(await outside.ended).toBe(0);
  await nothingRemains(run);
  const codes = outside.events.flatMap((event) => (event.type === 'diagnostic' ? [event.diagnostic.code] : []));
  expect(codes).toEqual(['runtime/state-lost']);
});

test('a run that starts in the place of one whose folder was removed keeps its own lock and record', async () => {
  const root = await temporaryFolder();
  const plan = simplePlan({ sleeper: { run: sleeper } });
  const first = await superviseOutside(plan, root);
  await first.reaches('sleeper', 'ready');
  const { run } = first.record();
  rmSync(join(root, '.gantry'), { recursive: true });
  const second = await superviseOutside(plan, root);
  await second.reaches('sleeper', 'ready');
  expect(await first.ended).toBe(0);
  await nothingRemains(run);
  expect(second.record().run).not.toBe(run);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
});
