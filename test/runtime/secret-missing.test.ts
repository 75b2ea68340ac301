import { expect, test } from 'vitest';
import { Failure } from '../../src/diagnostics/diagnostic.ts';
import { resolveSecrets } from '../../src/runtimes/local/secrets.ts';
import { temporaryFolder } from './support/system.ts';

test('a secret that is missing says where the model says to get it', async () => {
  const description = 'from the Stripe dashboard, Developers, API keys';
  const secrets = {
    'described-key': { name: 'described-key', optional: false, description },
    'bare-key': { name: 'bare-key', optional: false },
  };
  const failure = await resolveSecrets(await temporaryFolder(), 'local', secrets).catch((error: unknown) => error);
  if (!(failure instanceof Failure)) throw new Error('nothing was missed');
  expect(failure.diagnostics.map(({ related }) => related)).toEqual([[{ message: description }], undefined]);
});
