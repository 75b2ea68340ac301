import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { loadModel } from '../../src/model/load.ts';
import { planSystem } from '../../src/plan/plan-system.ts';

const models = fileURLToPath(new URL('../model/systems/', import.meta.url));
const texts = readdirSync(models)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(join(models, name), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'gantry-plan-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Slips that leave the shape right as often as not, so that many of the texts reach the planner. */
const slip = fc.oneof(
  fc.record({
    kind: fc.constant('reference' as const),
    at: fc.nat(),
    text: fc.constantFrom(
      '${}',
      '${',
      '${a.${b.c}}',
      '${constructor.url}',
      '${__proto__.url}',
      '${secrets}',
      '${secrets.none}',
      '${service.url}',
      '${routes.web.url}',
      '${postgres.toString}',
      '${gateway.ports.http}',
      '${gateway.urls.none}',
      '${environment.name}',
      '$${x}',
    ),
  }),
  fc.record({ kind: fc.constant('word' as const), at: fc.nat(), from: fc.nat() }),
  fc.record({ kind: fc.constant('line' as const), at: fc.nat(), times: fc.nat(2) }),
);
type Slip = Parameters<Parameters<typeof slip.map>[0]>[0];

function slipped(text: string, { kind, at, ...more }: Slip): string {
  if (kind === 'line') {
    const lines = text.split('\n');
    const place = at % lines.length;
    const times = 'times' in more ? more.times : 0;
    return lines.flatMap((line, index) => (index === place ? Array<string>(times).fill(line) : [line])).join('\n');
  }
  const pattern = kind === 'reference' ? /\$\{[^}]*\}/g : /[A-Za-z][A-Za-z-]+/g;
  const found = [...text.matchAll(pattern)];
  const one = found[at % Math.max(found.length, 1)];
  if (!one) return text;
  const other = 'text' in more ? more.text : 'from' in more ? (found[more.from % found.length]?.[0] ?? '') : '';
  return text.slice(0, one.index) + other + text.slice(one.index + one[0].length);
}

test('whatever is slipped into a model, planning ends with a plan or with errors that have a place', async () => {
  const runs = Number(process.env['FUZZ_RUNS'] ?? 250);
  let planned = 0;
  let refused = 0;
  let number = 0;
  const codes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...texts), fc.array(slip, { minLength: 1, maxLength: 3 }), async (text, slips) => {
      const mutated = slips.reduce(slipped, text);
      number += 1;
      const file = `${number}.yaml`;
      writeFileSync(join(folder, file), mutated);
      const loaded = await loadModel({ folder, file });
      if (!loaded.value) return;
      const { value, diagnostics } = planSystem(loaded.value);
      expect(value !== undefined || diagnostics.length > 0).toBe(true);
      if (value) planned += 1;
      else refused += 1;
      const lines = mutated.split('\n');
      for (const { code, at } of diagnostics) {
        codes.add(code);
        expect(at?.file, code).toBe(file);
        expect(at?.line, code).toBeLessThanOrEqual(lines.length);
        expect(at?.column, code).toBeLessThanOrEqual((lines[(at?.line ?? 1) - 1]?.length ?? 0) + 1);
      }
    }),
    { numRuns: runs },
  );
  console.log(`planned ${planned}, refused ${refused} of ${runs} mutated models; ${codes.size} kinds of error`);
  expect(planned).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});
