import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReferences } from '../../src/plan/references/parse.ts';

const reference = (segments: string[], offset: number, length: number) => ({
  type: 'reference',
  segments,
  offset,
  length,
});
const fault = (name: string, offset: number, length: number) => ({ type: 'fault', fault: name, offset, length });
const text = (value: string) => ({ type: 'text', text: value });

describe('parseReferences', () => {
  test.each([
    ['', []],
    ['plain', [text('plain')]],
    ['${a.b}', [reference(['a', 'b'], 0, 6)]],
    ['${a}', [reference(['a'], 0, 4)]],
    [
      'http://${svc.host}:${svc.ports.http}/x',
      [
        text('http://'),
        reference(['svc', 'host'], 7, 11),
        text(':'),
        reference(['svc', 'ports', 'http'], 19, 17),
        text('/x'),
      ],
    ],
    ['$${a.b}', [text('${a.b}')]],
    ['cost: $5 and $', [text('cost: $5 and $')]],
    ['$$5', [text('$$5')]],
    ['$HOME/$(pwd)', [text('$HOME/$(pwd)')]],
    ['}{', [text('}{')]],
    ['a ${b', [text('a '), fault('unterminated', 2, 3)]],
    ['${', [fault('unterminated', 0, 2)]],
    ['${a.b\n}', [fault('unterminated', 0, 5), text('\n}')]],
    ['${a.b and ${c.d}', [fault('unterminated', 0, 10), reference(['c', 'd'], 10, 6)]],
    ['${}', [fault('empty', 0, 3)]],
    ['${ }', [fault('empty', 0, 4)]],
    ['${a.${b.c}}', [fault('nested', 0, 11)]],
    ['${a b}', [fault('malformed', 0, 6)]],
    ['${ a.b }', [fault('malformed', 0, 8)]],
    ['${a..b}', [fault('malformed', 0, 7)]],
    ['${.a}', [fault('malformed', 0, 5)]],
    ['${PORT:-3000}', [fault('malformed', 0, 13)]],
    ['${a}${b', [reference(['a'], 0, 4), fault('unterminated', 4, 3)]],
  ])('%j', (source, pieces) => {
    expect(parseReferences(source)).toEqual(pieces);
  });

  test('any text: never throws, and the pieces cover it in order', () => {
    const pieces = fc.constantFrom('$', '{', '}', '${', '$${', 'a', '.', '-', ' ', '\n', '${a.b}', 'é', '😀');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const source = parts.join('');
        let end = 0;
        for (const piece of parseReferences(source)) {
          if (piece.type === 'text') continue;
          expect(piece.offset).toBeGreaterThanOrEqual(end);
          expect(piece.length).toBeGreaterThan(0);
          end = piece.offset + piece.length;
          expect(end).toBeLessThanOrEqual(source.length);
          expect(source.startsWith('${', piece.offset)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('an escaped text is itself again', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'a', '.') }), (source) => {
        // A `$` right before `${` would read as the escape, so such texts have no escaped form.
        fc.pre(!source.includes('$${'));
        const escaped = source.replaceAll('${', () => '$${');
        expect(
          parseReferences(escaped)
            .map((piece) => (piece.type === 'text' ? piece.text : ''))
            .join(''),
        ).toBe(source);
      }),
    );
  });

  test('a long text without an end takes linear time', () => {
    const source = '${'.repeat(500_000);
    const started = performance.now();
    parseReferences(source);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
