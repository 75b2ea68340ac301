import { command } from '../command.ts';

const name = {
  name: 'name',
  description: 'name of a secret of the model',
  required: true,
  completes: 'secret',
} as const;

const set = command({
  name: 'set',
  summary: 'keep the value of a secret in .gantry/ (mode 0600)',
  description:
    'The value is typed without being shown, or read from standard input. It is never an argument, which others could read.',
  arguments: [name],
  examples: [
    { command: 'gantry secret set openai-api-key', explanation: 'asks for the value' },
    { command: 'gantry secret set openai-api-key < key.txt', explanation: 'from a file; the last line end is cut' },
  ],
  async run({ terminal, format, ...place }, [secret = '']) {
    const { keepSecret } = await import('../../pipeline/secrets.ts');
    const { readSecret } = await import('../terminal/read-secret.ts');
    await keepSecret(place, secret, () => readSecret(`value of ${secret}: `));
    terminal.print(format === 'json' ? `${JSON.stringify({ kept: secret })}\n` : `${secret} is kept\n`);
    return 0;
  },
});

const list = command({
  name: 'list',
  summary: 'show every secret of the model and where its value comes from; never the value',
  description: 'Exits with 1 when one that is needed has no value.',
  async run({ terminal, format, ...place }) {
    const { secretStatuses } = await import('../../pipeline/secrets.ts');
    const { secretTable } = await import('../output/secret-table.ts');
    const secrets = await secretStatuses(place);
    if (format === 'json') terminal.print(`${JSON.stringify({ secrets }, undefined, 2)}\n`);
    else terminal.print(secretTable(secrets, terminal.colors));
    return secrets.some(({ origin, optional }) => origin === 'missing' && !optional) ? 1 : 0;
  },
});

const remove = command({
  name: 'remove',
  summary: 'forget the kept value of a secret',
  arguments: [name],
  async run({ terminal, format, ...place }, [secret = '']) {
    const { forgetSecret } = await import('../../pipeline/secrets.ts');
    const removed = await forgetSecret(place, secret);
    if (format === 'json') terminal.print(`${JSON.stringify({ removed })}\n`);
    else terminal.print(removed ? `${secret} is forgotten\n` : `${secret} had no kept value\n`);
    return 0;
  },
});

/** `gantry secret` */
export const secret = command({
  name: 'secret',
  group: 'Run a system',
  summary: 'keep, list and forget the values of secrets on this machine',
  commands: [set, list, remove],
});
