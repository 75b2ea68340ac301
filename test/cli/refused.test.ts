import { expect, test } from 'vitest';
import { refusal } from '../../src/diagnostics/refused.ts';
import { gantry } from './support/gantry.ts';

const files = {
  'gantry.yaml': 'system: shop\nservices:\n  web: {source: web}\n',
  'web/index.html': '<p>hello</p>\n',
  '.gantry': 'a file\n',
};

test.each(['up', 'up --detach'])('%s says what the machine refuses, without a stack', async (line) => {
  await gantry(...line.split(' '))
    .in(files)
    .gives({
      code: 1,
      stderr: `error: "<folder>/.gantry" cannot be used: something else has its name [file/refused]
  cure: move that away, then run it again
`,
    });
});

test.each([
  ['EACCES', 'permission is denied'],
  ['EROFS', 'its file system is read-only'],
  ['ENOSPC', 'the disk is full'],
])('%s is told in words', (code, reason) => {
  const told = refusal(Object.assign(new Error(code), { code, path: '/data' }));
  expect(told?.message).toBe(`"/data" cannot be used: ${reason}`);
});

test('any other error is a mistake of ours', () => {
  expect(refusal(new TypeError('x is undefined'))).toBeUndefined();
  expect(refusal(Object.assign(new Error('gone'), { code: 'ENOENT', path: '/data' }))).toBeUndefined();
  expect(refusal(Object.assign(new Error('no path'), { code: 'EACCES' }))).toBeUndefined();
});
