import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';
import { loadModel } from '../../src/model/load.ts';
import { planSystem } from '../../src/plan/plan-system.ts';
import { createRandom, mutateBytes, mutateText, mutateValue } from './mutations.ts';

/** `FUZZ_RUNS=100000 npx vitest run test/model/fuzz` looks longer; `FUZZ_SEED` looks elsewhere. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 1500);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_121);
/** Milliseconds for one input of a few kilobytes, on a machine that does other work too. */
const patience = 5000;

const systems = new URL('systems/', import.meta.url).pathname;
const models = readdirSync(systems)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(join(systems, name), 'utf8'));

const folder = mkdtempSync(join(tmpdir(), 'gantry-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const figures = { inputs: 0, valid: 0, slowest: 0, codes: new Map<string, number>() };

/** Loads and plans whatever it is given; a crash, a hang, or a diagnostic that points nowhere fails. */
async function examine(content: string | Uint8Array): Promise<void> {
  writeFileSync(join(folder, 'gantry.yaml'), content);
  const started = performance.now();
  const { value, diagnostics } = await loadModel({ folder });
  const planned = value ? planSystem(value) : undefined;
  const elapsed = performance.now() - started;
  const all = [...diagnostics, ...(planned?.diagnostics ?? [])];
  figures.inputs += 1;
  figures.slowest = Math.max(figures.slowest, elapsed);
  if (all.every(({ severity }) => severity !== 'error')) {
    figures.valid += 1;
    expect(planned?.value).toBeDefined();
  }
  const lines = linesOf(content);
  for (const diagnostic of all) checkDiagnostic(diagnostic, lines);
  const shown = formatDiagnostics(all, new Map([['gantry.yaml', Buffer.from(content).toString()]]), { color: false });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  expect(shown).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(elapsed).toBeLessThan(patience);
}

const linesOf = (content: string | Uint8Array): string[] =>
  Buffer.from(content)
    .toString()
    .replace(/^\ufeff/, '')
    .split('\n');

function checkDiagnostic(diagnostic: Diagnostic, lines: readonly string[]): void {
  figures.codes.set(diagnostic.code, (figures.codes.get(diagnostic.code) ?? 0) + 1);
  expect(diagnostic.code).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
  expect(diagnostic.message).not.toMatch(/undefined|\[object|NaN|^\s*$/);
  for (const at of [diagnostic.at, ...(diagnostic.related ?? []).map((other) => other.at)]) {
    if (at?.file !== 'gantry.yaml') continue;
    expect(at.line).toBeGreaterThanOrEqual(1);
    expect(at.line).toBeLessThanOrEqual(lines.length);
    expect(at.column).toBeGreaterThanOrEqual(1);
    // One behind the last character is where something is missing.
    expect(at.column).toBeLessThanOrEqual((lines[at.line - 1] ?? '').length + 1);
  }
}

/** Runs one input, and on failure keeps it in the message. */
async function examineNamed(name: string, content: string | Uint8Array): Promise<void> {
  try {
    await examine(content);
  } catch (error) {
    const shown = typeof content === 'string' ? content : Buffer.from(content).toString('hex');
    throw new Error(`${name}: ${(error as Error).message}\ninput:\n${shown.slice(0, 6000)}`, { cause: error });
  }
}

const timeout = Math.max(240_000, runs * 100);

describe('never a crash, never a hang, always a diagnostic at a place in the file', () => {
  test(`${runs} mutated texts of the systems`, { timeout }, async () => {
    const random = createRandom(seed);
    for (let run = 0; run < runs; run += 1) {
      const text = models[random(models.length)] ?? '';
      await examineNamed(`seed ${seed}, text ${run}`, mutateText(text, random));
    }
  });

  test(`${Math.ceil(runs / 3)} mutated files, byte by byte`, { timeout }, async () => {
    const random = createRandom(seed + 1);
    for (let run = 0; run < runs / 3; run += 1) {
      const text = models[random(models.length)] ?? '';
      await examineNamed(`seed ${seed}, bytes ${run}`, mutateBytes(text, random));
    }
  });

  test(`${runs} models that are good YAML and wrong in themselves`, { timeout }, async () => {
    const random = createRandom(seed + 2);
    const values = models.map((text) => parse(text) as unknown);
    for (let run = 0; run < runs; run += 1) {
      const value = mutateValue(values[random(values.length)], values, random);
      await examineNamed(`seed ${seed}, value ${run}`, stringify(value, { aliasDuplicateObjects: false }));
    }
  });

  test('any JSON value under the keys of a model', { timeout }, async () => {
    const keys = [
      'system',
      'services',
      'backing',
      'secrets',
      'routes',
      'environments',
      'outputs',
      'defaults',
      'extends',
    ];
    const services = [
      'source',
      'port',
      'ports',
      'env',
      'health',
      'scale',
      'before',
      'owns',
      'waits',
      'files',
      'expose',
    ];
    const anything = fc.jsonValue({ maxDepth: 4 });
    const service = fc.dictionary(fc.constantFrom(...services), anything);
    const model = fc.record({
      system: fc.constant('shop'),
      services: fc.dictionary(fc.string({ maxLength: 8 }), service, { maxKeys: 3 }),
    });
    const any = fc.oneof(model, fc.dictionary(fc.constantFrom(...keys), anything), anything);
    await fc.assert(
      fc.asyncProperty(any, async (value) => examine(stringify(value) ?? '')),
      { numRuns: Math.ceil(runs / 4), seed },
    );
  });

  test('any text at all', { timeout }, async () => {
    const words = fc.constantFrom(
      'a',
      ' ',
      '\n',
      ':',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '"',
      "'",
      '|',
      '#',
      '\t',
      '!',
      '?',
      ',',
      'system: x\n',
    );
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 60 }).map((all) => all.join('')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (value) => examine(value)),
      { numRuns: Math.ceil(runs / 4), seed },
    );
  });
});

describe('bombs', () => {
  const lines = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n');
  const bombs: Record<string, string> = {
    'billion laughs': `a: &a [x, x, x, x, x, x, x, x, x]\n${lines(25, (i) => `b${i}: &${'bcdefghijklmnopqrstuvwxyz'[i]} [${Array(9).fill(`*${'abcdefghijklmnopqrstuvwxyz'[i]}`).join(', ')}]`)}`,
    'billion laughs in maps': `x-0: &n0 {a: 1}\n${lines(40, (i) => `x-${i + 1}: &n${i + 1} {a: *n${i}, b: *n${i}, c: *n${i}}`)}`,
    'merge keys of merge keys': `x-0: &n0 {a0: 1}\n${lines(3000, (i) => `x-${i + 1}: &n${i + 1}\n  <<: *n${i}\n  a${i + 1}: 1`)}`,
    'fifty thousand brackets': '['.repeat(50_000),
    'fifty thousand braces': '{a: '.repeat(50_000),
    'fifty thousand dashes': '- '.repeat(50_000),
    'ten thousand levels of lines': lines(3000, (i) => `${' '.repeat(i)}a:`),
    'fifty thousand keys': lines(50_000, (i) => `k${i}: ${i}`),
    'one key fifty thousand times': lines(50_000, () => 'system: x'),
    'fifty thousand anchors': lines(50_000, (i) => `k${i}: &a${i} ${i}`),
    'fifty thousand unknown aliases': lines(50_000, (i) => `k${i}: *a${i}`),
    'a value of a megabyte': `system: ${'a'.repeat(1_000_000)}`,
    'references without end': `system: x\nservices: {a: {source: ., env: {A: "${'${'.repeat(50_000)}"}}}`,
    'services that extend each other in a chain': `system: x\nservices:\n${lines(3000, (i) => `  s${i}: {extends: s${i + 1}, source: .}`)}\n  s3000: {source: .}`,
    'services that extend each other in a circle': `system: x\nservices:\n${lines(3000, (i) => `  s${i}: {extends: s${(i + 1) % 3000}, source: .}`)}`,
    'an open quote and a megabyte': `system: "${'a b\n'.repeat(250_000)}`,
    'a megabyte of tabs': '\t'.repeat(1_000_000),
    'a megabyte of colons': ':'.repeat(1_000_000),
    'a megabyte of comments': '# a\n'.repeat(250_000),
    'two hundred thousand documents': '---\n'.repeat(200_000),
    'ten megabytes': `system: x\n${'# a comment that says nothing\n'.repeat(350_000)}`,
    'large defaults under many services': `system: x\ndefaults: {env: {${Array.from({ length: 300 }, (_, i) => `A${i}: b`).join(', ')}}}\nservices:\n${lines(1000, (i) => `  s${i}: {source: ., env: {B: c}}`)}`,
  };
  test.each(Object.keys(bombs))('%s', { timeout: 60_000 }, async (name) => {
    writeFileSync(join(folder, 'gantry.yaml'), bombs[name] ?? '');
    const started = performance.now();
    const { value, diagnostics } = await loadModel({ folder });
    const planned = value && planSystem(value);
    const elapsed = performance.now() - started;
    const written = linesOf(bombs[name] ?? '');
    for (const diagnostic of diagnostics.slice(0, 500)) checkDiagnostic(diagnostic, written);
    expect(diagnostics.length + (planned?.diagnostics.length ?? 0) > 0 || planned?.value !== undefined).toBe(true);
    console.log(
      `${name}: ${Math.round(elapsed)} ms, ${diagnostics.length} diagnostics, ${diagnostics[0]?.code ?? 'valid'}`,
    );
    expect(elapsed).toBeLessThan(20_000);
  });
});

afterAll(() => {
  const codes = [...figures.codes].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`);
  console.log(
    `fuzz: ${figures.inputs} inputs, ${figures.valid} valid, slowest ${Math.round(figures.slowest)} ms; found: ${codes.join(', ')}`,
  );
});
