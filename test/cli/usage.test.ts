import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gantry as program } from '../../src/cli/commands/gantry.ts';
import { commandReference } from '../../src/cli/output/reference.ts';
import { gantry } from './support/gantry.ts';

test('an unknown command exits with 2 and names the nearest', () =>
  gantry('staus').gives({
    code: 2,
    stderr: `error: there is no command "staus" [command/unknown-command]
  did you mean "status"?
  cure: gantry --help shows what there is
`,
  }));

test('an unknown option exits with 2 and names the nearest', () =>
  gantry('up', '--detatch').gives({
    code: 2,
    stderr: `error: gantry up has no option "--detatch" [command/unknown-option]
  did you mean "--detach"?
  cure: gantry up --help shows what there is
`,
  }));

test('wrong usage is JSON when that is asked for', async () => {
  const { stdout, stderr, code } = await gantry('plan', 'extra', '--format', 'json').run();
  expect({ stderr, code }).toEqual({ stderr: '', code: 2 });
  expect(JSON.parse(stdout).diagnostics[0].code).toBe('command/excess-arguments');
});

test('without a command, the help', async () => {
  const bare = await gantry().run();
  const asked = await gantry('--help').run();
  expect(bare).toEqual(asked);
  expect(bare.code).toBe(0);
  expect(bare.stdout).toContain('Run a system:');
});

test.each((program.commands ?? []).filter(({ hidden }) => !hidden).map(({ name }) => name))(
  'gantry %s --help has its usage and examples',
  async (name) => {
    const { stdout, stderr, code } = await gantry(name, '--help').run();
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(new RegExp(`^Usage: gantry ${name}[ |]`));
    expect(stdout).toContain(name === 'secret' ? 'Commands:' : 'Examples:');
    expect(await gantry('help', name).run()).toEqual({ stdout, stderr, code });
  },
);

test('version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  await gantry('version').gives({ stdout: `${version}\n` });
  await gantry('version', '--format', 'json').gives({ stdout: `{"version":"${version}"}\n` });
});

test('colours: none for a pipe, forced by FORCE_COLOR, forbidden by NO_COLOR and --no-color', async () => {
  const code = '\x1b[';
  expect((await gantry('staus').run()).stderr).not.toContain(code);
  expect((await gantry('staus').variable('FORCE_COLOR', '1').run()).stderr).toContain(code);
  const both = gantry('staus').variable('FORCE_COLOR', '1').variable('NO_COLOR', '1');
  expect((await both.run()).stderr).not.toContain(code);
  expect((await gantry('--no-color', 'staus').variable('FORCE_COLOR', '1').run()).stderr).not.toContain(code);
});

test('docs/cli.md is what the declarations say; if not, run npm run generate', () => {
  expect(readFileSync('docs/cli.md', 'utf8')).toBe(commandReference(program));
});

test('--engine says what it waits for', async () => {
  const { stderr, code } = await gantry('up', '--engine').run();
  expect(code).toBe(2);
  expect(stderr).toContain('[command/engine-not-yet]');
});
