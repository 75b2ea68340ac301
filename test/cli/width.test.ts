import fastCheck from 'fast-check';
import { expect, test } from 'vitest';
import { fitTo, truncate, widthOf } from '../../src/cli/terminal/width.ts';

test.each([
  ['gateway', 7],
  ['● ready', 7],
  ['数据库', 6],
  ['👩‍👩‍👧', 2],
  ['e\u0301', 1],
  ['\x1b[32mgreen\x1b[0m', 5],
])('%s takes its columns', (text, width) => expect(widthOf(text)).toBe(width));

test.each([
  ['gateway', 7, 'gateway'],
  ['gateway', 4, 'gat…'],
  ['数据库', 5, '数据…'],
  ['数据库', 4, '数…'],
  ['gateway', 1, '…'],
  ['gateway', 0, ''],
])('%s in %i columns is %s', (text, width, cut) => expect(truncate(text, width)).toBe(cut));

test('any text fits any width exactly', () => {
  const characters = fastCheck.constantFrom('a', ' ', 'é', '数', '👩‍👩‍👧', '●', 'e\u0301', '한', '🇩🇪');
  fastCheck.assert(
    fastCheck.property(fastCheck.array(characters, { maxLength: 30 }), fastCheck.nat(40), (parts, width) => {
      expect(widthOf(fitTo(parts.join(''), width))).toBe(width);
      expect(widthOf(fitTo(parts.join(''), width, 'right'))).toBe(width);
    }),
    { numRuns: 1000 },
  );
});
