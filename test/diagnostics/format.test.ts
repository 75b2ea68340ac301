import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';

const format = (diagnostic: Partial<Diagnostic>, text: string, color = false) =>
  formatDiagnostics(
    [{ code: 'model/example', severity: 'error', message: 'this is wrong', ...diagnostic }],
    new Map([['gantry.yaml', text]]),
    { color },
  );
const at = (line: number, column: number, length?: number) => ({ file: 'gantry.yaml', line, column, length });

test('a diagnostic shows what, where, the line with carets, the nearest choice, the cure and what belongs to it', () => {
  const text = 'system: shop\nservices:\n  web: {prot: 3000}\n';
  const diagnostic = {
    message: '"prot" is not a key of a service',
    at: at(3, 9, 4),
    nearest: 'port',
    cure: 'write one of: port, ports',
    related: [{ message: 'the service begins here', at: at(3, 3, 3) }, { message: 'nothing more' }],
  };
  expect(format(diagnostic, text)).toBe(
    [
      'error: "prot" is not a key of a service [model/example]',
      '  at gantry.yaml:3:9',
      '    3 |   web: {prot: 3000}',
      '      |         ^^^^ did you mean "port"?',
      '  cure: write one of: port, ports',
      '  note: the service begins here',
      '  at gantry.yaml:3:3',
      '    3 |   web: {prot: 3000}',
      '      |   ^^^',
      '  note: nothing more',
    ].join('\n'),
  );
});

test('carets stand below wide characters and behind tabs', () => {
  const [, , line, carets] = format({ at: at(1, 8, 2) }, '\t価格: 重い').split('\n');
  expect(line).toBe('    1 |   価格: 重い');
  // Two spaces for the tab, two columns for each wide character, the colon and a space.
  expect(carets).toBe(`      | ${' '.repeat(2 + 4 + 2 + 4)}^`);
  expect(format({ at: at(1, 6, 2) }, '\t価格: 重い').split('\n')[3]).toBe(`      | ${' '.repeat(8)}^^^^`);
});

test('a long line is cut around the place that is meant', () => {
  const [, place, line, carets] = format({ at: at(1, 5001, 4) }, `${'a'.repeat(5000)}HERE${'b'.repeat(5000)}`).split(
    '\n',
  );
  expect(place).toBe('  at gantry.yaml:1:5001');
  expect(line?.length).toBeLessThan(130);
  expect(line).toMatch(/… ?a+HEREb+…$/);
  expect(line?.indexOf('HERE')).toBe(carets?.indexOf('^'));
});

test('escape codes and other control characters of the user are shown, never sent to the terminal', () => {
  const shown = format(
    { message: 'a \u001b[2J value', nearest: 'b\u001b[1m', at: at(1, 1, 3) },
    'x\u001b]0;title\u0007\u202e',
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(shown).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
  expect(shown).toContain('a \\u001b[2J value');
});

test('a place behind the end of the line or of the file is still named', () => {
  expect(
    format({ at: at(1, 99) }, 'ab')
      .split('\n')
      .slice(1),
  ).toEqual(['  at gantry.yaml:1:99', '    1 | ab', '      |   ^']);
  expect(
    format({ at: at(9, 1) }, 'ab')
      .split('\n')
      .slice(1),
  ).toEqual(['  at gantry.yaml:9:1']);
});

test('colours are written only when asked for', () => {
  expect(format({ at: at(1, 1) }, 'ab', true)).toContain('\u001b[31m');
  expect(format({ at: at(1, 1) }, 'ab')).not.toContain('\u001b');
});
