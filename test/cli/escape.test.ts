import fastCheck from 'fast-check';
import { expect, test } from 'vitest';
import { plainLine, safeLine } from '../../src/cli/terminal/escape.ts';

test.each([
  ['colours stay and end with the line', '\x1b[32mready\x1b', '\x1b[32mready\x1b[0m'],
  ['clearing the screen goes', '\x1b[2J\x1b[H\x1b[3Jhello', 'hello'],
  ['titles and links go', '\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b', 'ab'],
  ['of what was overwritten the last stays', '10%\r50%\r100%\r', '100%'],
  ['tabs become spaces', 'a\tb', 'a    b'],
  ['the bell and the alternate screen go', '\x07\x1b[?1049hx', 'x'],
])('%s', (_what, line, safe) => expect(safeLine(line)).toBe(safe));

test('nothing but colours is left of any line', () => {
  const codes = fastCheck.constantFrom(
    '\x1b',
    '[',
    ']',
    '2J',
    'm',
    '31',
    ';',
    '\x07',
    '\x9b',
    '\r',
    'P',
    'a',
    '?',
    ' ',
  );
  fastCheck.assert(
    fastCheck.property(fastCheck.array(codes, { maxLength: 20 }), (parts) => {
      const line = parts.join('');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(safeLine(line).replace(/\x1b\[[0-9;:]*m/g, '')).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
      expect(plainLine(line)).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
    }),
    { numRuns: 2000 },
  );
});
