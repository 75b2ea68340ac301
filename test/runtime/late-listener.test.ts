import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connectSupervisor } from '../../src/runtimes/local/client.ts';
import { simplePlan } from './support/plan.ts';
import { httpServer, startSystem } from './support/system.ts';

test('whoever listens only later, as up --detach does, still learns that a port was taken', async () => {
  const occupant = createServer();
  await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void occupant.close());
  const { port } = occupant.address() as { port: number };
  const plan = simplePlan({ web: { run: httpServer(), ports: { http: port } } });
  const system = await startSystem(plan);
  await system.settled;
  for (const who of ['the first', 'a later one']) {
    const client = await connectSupervisor(system.root, plan.environment);
    const codes: string[] = [];
    const enough = new AbortController();
    for await (const event of client?.events(enough.signal) ?? []) {
      if (event.type === 'diagnostic') codes.push(event.diagnostic.code);
      // The state of the system comes last of what is told at once.
      if (event.type === 'system') enough.abort();
    }
    expect(codes, who).toEqual(['runtime/port-taken']);
  }
  await system.stop();
});
