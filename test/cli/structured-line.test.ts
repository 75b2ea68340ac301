import fastCheck from 'fast-check';
import { createColors } from 'picocolors';
import { expect, test } from 'vitest';
import { structuredLine } from '../../src/cli/output/structured-line.ts';

const plain = (line: string) => structuredLine(line, createColors(false));

test.each([
  [
    'pino',
    '{"level":30,"time":1732170000000,"pid":12,"hostname":"box","reqId":"req-1","req":{"method":"GET","url":"/"},"msg":"incoming request"}',
    ['INFO  incoming request reqId=req-1 req={"method":"GET","url":"/"}'],
  ],
  [
    'tracing',
    '{"timestamp":"2026-11-21T06:00:00Z","level":"WARN","fields":{"message":"slow query","took":1.5},"target":"api::db"}',
    ['WARN  slow query target=api::db took=1.5'],
  ],
  [
    'structlog',
    '{"event":"user in","level":"info","timestamp":"2026-11-21T06:00:00Z","name":"Ada L"}',
    ['INFO  user in name="Ada L"'],
  ],
  ['slog', '{"time":"2026-11-21T06:00:00Z","level":"ERROR","msg":"lost","retry":false}', ['ERROR lost retry=false']],
  [
    'an error with its stack, on lines of their own',
    '{"level":50,"err":{"type":"Error","message":"no","stack":"Error: no\\n    at main.js:1"},"msg":"no"}',
    ['ERROR no', '    Error: no', '        at main.js:1'],
  ],
  ['a message of several lines', '{"level":"info","msg":"one\\ntwo"}', ['INFO  one', 'two']],
  [
    'what would move the cursor goes',
    '{"level":"info","msg":"a\\u001b[2Jb","k":"\\u0007\\u001b]0;t\\u0007x"}',
    ['INFO  ab k=x'],
  ],
])('%s', (_what, line, lines) => expect(plain(line)).toEqual(lines));

test.each([
  ['text', 'listening on 3000'],
  ['JSON without a level', '{"msg":"hello"}'],
  ['JSON without a message', '{"level":"info"}'],
  ['a level that is none', '{"level":3000,"msg":"x"}'],
  ['a list', '[{"level":30,"msg":"x"}]'],
  ['broken JSON', '{"level":30,"msg":"x"'],
  ['braces that are no JSON', '{level: 30}'],
])('%s is shown as it came', (_what, line) => expect(plain(line)).toBeUndefined());

test('levels have their colour', () => {
  const [line] = structuredLine('{"level":50,"msg":"x"}', createColors(true)) ?? [];
  expect(line).toBe('\x1b[31mERROR\x1b[39m x');
});

test('whatever is in it, nothing but text comes out', () => {
  fastCheck.assert(
    fastCheck.property(fastCheck.string({ unit: 'binary' }), fastCheck.jsonValue(), (msg, extra) => {
      for (const line of plain(JSON.stringify({ level: 30, msg, extra, [msg]: msg })) ?? []) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
        expect(line).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
      }
    }),
  );
});
