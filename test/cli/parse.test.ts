import { expect, test } from 'vitest';
import { gantry } from '../../src/cli/commands/gantry.ts';
import { parseCommandLine } from '../../src/cli/parse.ts';
import { Failure } from '../../src/diagnostics/diagnostic.ts';

const parse = (line: string) => {
  const parsed = parseCommandLine(line.split(' ').filter(Boolean), gantry);
  if ('text' in parsed) throw new Error(`help was shown: ${parsed.text}`);
  return parsed;
};

const failure = (line: string) => {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof Failure)
      return error.diagnostics.map(({ code, message, nearest }) => ({ code, message, nearest }));
    throw error;
  }
  throw new Error('no error');
};

test('global options are understood before the command and after it, and after it wins', () => {
  expect(parse('--dir a plan').globals.dir).toBe('a');
  expect(parse('plan --dir b').globals.dir).toBe('b');
  expect(parse('-C a plan -C b').globals.dir).toBe('b');
  expect(parse('--no-color plan').globals.color).toBe(false);
  expect(parse('plan').globals.color).toBe(true);
});

test('a command with an option of the same name as a global one has its own', () => {
  expect(parse('graph --format mermaid').options.format).toBe('mermaid');
  expect(failure('graph --format json')).toEqual([
    {
      code: 'command/wrong-value',
      message: '--format cannot be "json": expected one of text, mermaid, svg',
      nearest: undefined,
    },
  ]);
});

test('what follows -- in exec belongs to the command', () => {
  expect(parse('exec gateway -- npm run --silent migrate').args).toEqual([
    'gateway',
    '--',
    'npm',
    'run',
    '--silent',
    'migrate',
  ]);
  expect(parse('exec gateway ls -la').args).toEqual(['gateway', 'ls', '-la']);
});

test('durations are read into seconds', () => {
  expect(parse('logs --since 1h30m').options.since).toBe(5400);
  expect(parse('up --timeout 90').options.timeout).toBe(90);
  expect(failure('logs --since soon')[0]?.message).toMatch(
    /^--since cannot be "soon": expected a number with s, m, h or d/,
  );
  expect(failure('logs --tail 0')[0]?.message).toBe('--tail cannot be "0": expected a whole number of at least 1');
});

test('switches that begin with no- are true unless given', () => {
  expect(parse('up').options.reload).toBe(true);
  expect(parse('up --no-reload').options.reload).toBe(false);
});

test.each([
  ['staus', 'command/unknown-command', 'there is no command "staus"', 'status'],
  ['secret sett', 'command/unknown-command', 'there is no command "secret sett"', 'set'],
  ['up --detatch', 'command/unknown-option', 'gantry up has no option "--detatch"', '--detach'],
  ['--formt json plan', 'command/unknown-option', 'gantry has no option "--formt"', '--format'],
  ['plan -C', 'command/missing-value', 'the option --dir needs a value', undefined],
  ['exec', 'command/missing-argument', 'gantry exec needs <service>', undefined],
  ['plan a b', 'command/excess-arguments', 'gantry plan takes no arguments', undefined],
  ['completion tcsh', 'command/wrong-value', '<shell> cannot be "tcsh": expected one of bash, zsh, fish', undefined],
])('%s is wrong usage', (line, code, message, nearest) => {
  expect(failure(line)).toEqual([{ code, message, nearest }]);
});
