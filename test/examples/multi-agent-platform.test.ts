import { afterAll, expect, test } from 'vitest';
import { startExample } from './running-example.ts';

// The example's own browser test reads the address as it is loaded, so the system is up before it is.
const example = await startExample('multi-agent-platform');
process.env['PLATFORM_URL'] = example.address('frontend');
afterAll(() => example.stop());
await import('../../examples/multi-agent-platform/test/browser.test.ts').catch(async (error) => {
  await example.stop();
  throw error;
});

test('eight services and three backing services became ready, each after what it connects to', () => {
  const ready = [...example.output.matchAll(/^(\S+) +\* ready /gm)].map(([, name]) => name);
  expect(ready.toSorted()).toEqual(
    ['gateway', 'orchestration', 'agent', 'tool', 'model', 'vector', 'execution', 'frontend']
      .concat(['postgres', 'qdrant', 'nats'])
      .toSorted(),
  );
  const after = (late: string, early: string) => expect(ready.indexOf(late)).toBeGreaterThan(ready.indexOf(early));
  after('vector', 'qdrant');
  after('agent', 'model');
  after('orchestration', 'agent');
  after('gateway', 'orchestration');
  after('frontend', 'gateway');
});
